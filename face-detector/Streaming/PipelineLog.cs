namespace FaceEdge.Streaming;

/// <summary>What pipelines log: never anything for each frame of a camera that works.</summary>
internal static partial class PipelineLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Camera {Camera}: a frame could not be processed; going on with the next")]
    public static partial void FrameFailed(ILogger log, string camera, Exception exception);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Camera {Camera} cannot go on: the service stops, to be restarted")]
    public static partial void CameraEnded(ILogger log, string camera, Exception exception);
}
