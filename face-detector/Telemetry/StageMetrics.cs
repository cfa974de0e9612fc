using Prometheus;

namespace FaceEdge.Telemetry;

/// <summary>Seconds in each stage of a picture's way through the service.</summary>
/// <param name="Wait">From arrival to the start of detection.</param>
/// <param name="Preprocess">Resize, letterbox and conversion to planar float.</param>
/// <param name="Inference">The model's run.</param>
/// <param name="DecodeBoxes">From the model's outputs to boxes.</param>
/// <param name="Paint">Boxes and scores into the picture.</param>
/// <param name="Encode">JPEG.</param>
/// <param name="Total">From arrival to the end of the last stage that the picture went through.</param>
internal sealed record StageMetrics(
    IHistogram Wait,
    IHistogram Preprocess,
    IHistogram Inference,
    IHistogram DecodeBoxes,
    IHistogram Paint,
    IHistogram Encode,
    IHistogram Total);
