using FaceEdge.Contracts;

namespace FaceEdge.Streaming;

/// <summary>What may change from one frame to the next.</summary>
/// <param name="Mode">Faces or eyes.</param>
/// <param name="Threshold">The confidence score from which a face counts, 0 to 1.</param>
/// <param name="Privacy">What frames show of people.</param>
internal readonly record struct PipelineSettings(DetectionMode Mode, float Threshold, PrivacyMode Privacy = PrivacyMode.None);
