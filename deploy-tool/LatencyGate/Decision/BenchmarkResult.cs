using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.LatencyGate.Decision;

/// <summary>One benchmark, head against base.</summary>
/// <param name="Name">Such as <c>detect/faceedge</c>.</param>
/// <param name="Metrics">Median and tail.</param>
/// <param name="Allocations">Null when either side did not measure them.</param>
public sealed record BenchmarkResult(string Name, IReadOnlyList<MetricResult> Metrics, AllocationResult? Allocations);

/// <summary>One metric of one benchmark, head against base.</summary>
/// <param name="Metric">What was compared.</param>
/// <param name="BaseNanoseconds">The middle block's value of base.</param>
/// <param name="HeadNanoseconds">The middle block's value of head.</param>
/// <param name="Ratio">Head / base: Hodges-Lehmann over blocks; above 1 is slower.</param>
/// <param name="Low">Lower end of the ratio's interval.</param>
/// <param name="High">Upper end of the ratio's interval.</param>
/// <param name="Confidence">Level of the interval.</param>
/// <param name="ControlRatio">The same of base against base; null without a control.</param>
/// <param name="SlowerP">Holm-adjusted p-value against "head is slower than base by no more than the margin".</param>
/// <param name="WithinLimitP">p-value against "head is slower than base by the limit or more".</param>
/// <param name="Obstacle">Why the machine does not let the metric be judged; null when it does.</param>
/// <param name="Verdict">The verdict on this metric.</param>
/// <param name="BlockRatios">Head / base of each block, in the order in which they ran.</param>
public sealed record MetricResult(
    Metric Metric,
    double BaseNanoseconds,
    double HeadNanoseconds,
    double Ratio,
    double Low,
    double High,
    double Confidence,
    double? ControlRatio,
    double SlowerP,
    double WithinLimitP,
    string? Obstacle,
    GateVerdict Verdict,
    IReadOnlyList<double> BlockRatios);

/// <summary>Managed bytes an operation; exact, so compared without a margin.</summary>
public sealed record AllocationResult(long Base, long Head)
{
    public GateVerdict Verdict => Head > Base ? GateVerdict.Fail : GateVerdict.Pass;
}
