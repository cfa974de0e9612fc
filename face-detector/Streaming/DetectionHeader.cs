using FaceEdge.Detection;

namespace FaceEdge.Streaming;

/// <summary>The frame that faces were found in.</summary>
/// <param name="Sequence">Counts frames that the camera sent.</param>
/// <param name="At">When the frame arrived.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Timings">Of the detection.</param>
internal readonly record struct DetectionHeader(long Sequence, DateTimeOffset At, int Width, int Height, DetectTimings Timings);
