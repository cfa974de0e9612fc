namespace FaceEdge.Deploy.Gates.Latency;

/// <summary>Managed bytes an operation; exact, so compared without a margin.</summary>
internal sealed record AllocationResult(long Base, long Head)
{
    public GateVerdict Verdict => Head > Base ? GateVerdict.Fail : GateVerdict.Pass;
}
