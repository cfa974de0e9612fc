namespace FaceEdge.ModelPull;

/// <summary>What a pull did.</summary>
internal enum PullOutcome
{
    Pulled,
    AlreadyThere,
    Embedded,
}
