namespace FaceEdge.Tracking;

/// <summary>Which faces of a frame are handed out to which tracks, and how far they may lie apart.</summary>
/// <param name="First">The first face to hand out.</param>
/// <param name="End">Behind the last of them.</param>
/// <param name="Memory">Tracks that were missed for longer get none.</param>
/// <param name="Strong">Whether the faces reach the threshold.</param>
/// <param name="Margin">
/// Boxes are compared with this share more on each side, so that a quick face is matched even where its boxes no longer touch (Yang et al., "Hard to track
/// objects with irregular motions and similar appearances? Make it easier by buffering the matching space", WACV 2023).
/// </param>
internal readonly record struct MatchPass(int First, int End, TrackMemory Memory, bool Strong, float Margin);
