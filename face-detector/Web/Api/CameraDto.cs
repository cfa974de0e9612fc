using FaceEdge.Capture;
using FaceEdge.Contracts;
using FaceEdge.Streaming;

namespace FaceEdge.Web.Api;

/// <summary>One camera and how it fares.</summary>
/// <param name="Name">In the configuration, and in the paths of this API.</param>
/// <param name="Source">Its URL with every credential masked.</param>
/// <param name="State">"connecting", "live" or "noSignal".</param>
/// <param name="Since">When it came to this state.</param>
/// <param name="Reason">Why there is no signal; null while there is.</param>
/// <param name="Note">How it is read, where that is not as usual, such as key frames alone; null where it is.</param>
/// <param name="Width">Of its frames, in pixels; 0 before the first.</param>
/// <param name="Height">Of its frames, in pixels; 0 before the first.</param>
/// <param name="FramesPerSecond">Frames a second that it sends.</param>
/// <param name="ProcessedPerSecond">Frames a second that came through the pipeline.</param>
/// <param name="Faces">In the newest frame.</param>
/// <param name="AgeSeconds">Since the newest frame arrived; null before the first.</param>
/// <param name="DetectMilliseconds">Of the newest detection: preprocessing, inference and decoding of boxes.</param>
/// <param name="InferenceMilliseconds">Of the newest detection: the model's run alone.</param>
/// <param name="FramesReceived">Since the start.</param>
/// <param name="FramesDropped">Replaced by a newer one before detection, or over the camera's limit.</param>
/// <param name="Reconnects">Connections made after the first.</param>
/// <param name="Viewers">Streams and pages that watch it now.</param>
/// <param name="Privacy">"none", "blur" or "boxes": what its frames show of people.</param>
internal sealed record CameraDto(
    string Name,
    string Source,
    CameraState State,
    DateTimeOffset Since,
    string? Reason,
    string? Note,
    int Width,
    int Height,
    double FramesPerSecond,
    double ProcessedPerSecond,
    int Faces,
    double? AgeSeconds,
    double DetectMilliseconds,
    double InferenceMilliseconds,
    long FramesReceived,
    long FramesDropped,
    long Reconnects,
    int Viewers,
    PrivacyMode Privacy)
{
    public static CameraDto From(CameraPipeline pipeline, DateTimeOffset now)
    {
        var status = pipeline.Status;
        var (header, faces) = pipeline.Detections.Summary();
        return new CameraDto(
            status.Name,
            status.Url,
            status.State,
            status.Since,
            status.Reason,
            status.Note,
            status.Width,
            status.Height,
            Math.Round(status.FramesPerSecond, 1),
            Math.Round(pipeline.FramesPerSecond, 1),
            faces,
            header.Sequence == 0 ? null : Math.Round(Math.Max(0, (now - header.At).TotalSeconds), 1),
            Math.Round(header.Timings.Total.TotalMilliseconds, 2),
            Math.Round(header.Timings.Inference.TotalMilliseconds, 2),
            status.FramesIn,
            status.FramesDropped,
            status.Reconnects,
            pipeline.Broadcaster.Viewers,
            pipeline.Privacy);
    }
}
