namespace FaceEdge.Streaming;

/// <summary>What one searched frame says about how many people are there.</summary>
/// <param name="At">When the frame arrived.</param>
/// <param name="InView">Faces in view.</param>
/// <param name="NewTracks">People who came into view: tracks that this frame confirmed. Always 0 where faces are not tracked.</param>
internal readonly record struct FaceObservation(DateTimeOffset At, int InView, int NewTracks);
