namespace FaceEdge.Capture;

/// <summary>What is decoded of a camera that nobody watches and in front of which nothing moves.</summary>
internal enum IdleMode
{
    /// <summary>All of it.</summary>
    All,

    /// <summary>The frames that stand for themselves, one in some seconds: tracks and counts are coarse then.</summary>
    KeyFrames,
}
