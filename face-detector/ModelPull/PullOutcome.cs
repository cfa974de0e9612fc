namespace FaceEdge.Models;

/// <summary>What a pull did.</summary>
internal enum PullOutcome
{
    Pulled,
    AlreadyThere,
    Embedded,
}
