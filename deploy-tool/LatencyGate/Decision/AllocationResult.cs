using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.LatencyGate.Decision;

/// <summary>Managed bytes an operation; exact, so compared without a margin.</summary>
public sealed record AllocationResult(long Base, long Head)
{
    public GateVerdict Verdict => Head > Base ? GateVerdict.Fail : GateVerdict.Pass;
}
