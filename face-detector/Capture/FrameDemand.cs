namespace FaceEdge.Capture;

/// <summary>Which of a camera's frames somebody needs: what nobody needs, a source need not decode, convert or send.</summary>
/// <param name="KeyFramesOnly">Nobody watches and nothing moves: the frames that stand for themselves are enough.</param>
/// <param name="MaxPerSecond">Nobody watches, and no more than that are searched; 0 takes all.</param>
internal readonly record struct FrameDemand(bool KeyFramesOnly, int MaxPerSecond)
{
    /// <summary>Every frame.</summary>
    public static FrameDemand All => default;
}
