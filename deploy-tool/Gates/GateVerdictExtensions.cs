using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.Gates;

/// <summary>What a pipeline learns of a verdict.</summary>
internal static class GateVerdictExtensions
{
    public static ExitCode ToExitCode(this GateVerdict verdict) => verdict switch
    {
        GateVerdict.Pass => ExitCode.Done,
        GateVerdict.Fail => ExitCode.Refused,
        _ => ExitCode.Undecided,
    };
}
