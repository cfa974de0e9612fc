namespace FaceEdge.Deploy.Git;

/// <summary>What became of a push.</summary>
/// <param name="Landed">The remote branch holds the commit; otherwise the branch had moved: plan again on what it holds now.</param>
/// <param name="Reason">In the remote's words why it did not land; empty when it did.</param>
internal sealed record PushOutcome(bool Landed, string Reason)
{
    public static PushOutcome Done { get; } = new(true, "");
}
