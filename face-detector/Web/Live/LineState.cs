namespace FaceEdge.Web.Live;

/// <summary>Where a page stands on the ladder.</summary>
/// <param name="Rung">Its place in <see cref="Rung.Ladder"/>.</param>
/// <param name="Slow">The line, or the page, could not take a higher rung when that was tried.</param>
/// <param name="BitsPerSecond">What went through when it was found slow; 0 while it was not.</param>
internal sealed record LineState(int Rung, bool Slow, double BitsPerSecond);
