using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.LatencyGate.Decision;

/// <summary>The latency gate's answer with everything it rests on.</summary>
/// <param name="Verdict">Fail if anything failed, else inconclusive if anything that must be shown was not, else pass.</param>
/// <param name="Reasons">What decided, one line each; never empty.</param>
/// <param name="Notes">What the reader should know besides.</param>
/// <param name="Blocks">How many blocks were measured.</param>
/// <param name="Machine">Where; null when the blocks do not agree.</param>
/// <param name="Benchmarks">By benchmark, in order of name.</param>
public sealed record GateDecision(
    GateVerdict Verdict,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<string> Notes,
    int Blocks,
    MachineDescription? Machine,
    IReadOnlyList<BenchmarkResult> Benchmarks);
