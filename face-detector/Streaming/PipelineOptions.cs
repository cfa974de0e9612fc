using FaceEdge.Capture;

namespace FaceEdge.Streaming;

/// <summary>What holds for a pipeline's whole life.</summary>
/// <param name="MaxDetectionsPerSecond">0 takes every frame.</param>
/// <param name="JpegQuality">1 to 100.</param>
/// <param name="Tracking">Whether faces are followed from frame to frame.</param>
/// <param name="Idle">What is decoded while nobody watches and nothing moves.</param>
internal sealed record PipelineOptions(int MaxDetectionsPerSecond, int JpegQuality, bool Tracking = true, IdleMode Idle = IdleMode.All);
