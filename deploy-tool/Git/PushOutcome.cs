namespace FaceEdge.Deploy.Git;

/// <summary>What became of a push.</summary>
internal enum PushOutcome
{
    /// <summary>The remote branch holds the commit.</summary>
    Landed,

    /// <summary>The branch had moved: plan again on what it holds now.</summary>
    Lost,
}
