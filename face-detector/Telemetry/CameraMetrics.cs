using FaceEdge.Capture;
using Prometheus;

namespace FaceEdge.Telemetry;

/// <summary>The metrics of one camera.</summary>
internal sealed record CameraMetrics(
    ICounter FramesReceived,
    ICounter FramesDropped,
    ICounter FramesUnmarked,
    ICounter FramesDetected,
    ICounter FramesEncoded,
    ICounter FacesFound,
    ICounter Reconnects,
    IGauge Viewers,
    IGauge Live,
    IGauge Faces,
    IHistogram GlassToGlass,
    StageMetrics Stages)
{
    /// <summary>Takes over what the capture counts by itself.</summary>
    public void Update(CameraStatus status)
    {
        FramesReceived.IncTo(status.FramesIn);
        FramesDropped.IncTo(status.FramesDropped);
        FramesUnmarked.IncTo(status.FramesUnmarked);
        Reconnects.IncTo(status.Reconnects);
        Live.Set(status.State == CameraState.Live ? 1 : 0);
    }
}
