namespace FaceEdge.Deploy.LatencyGate.Decision;

/// <summary>One benchmark, head against base.</summary>
/// <param name="Name">Such as <c>detect/faceedge</c>.</param>
/// <param name="Metrics">Median and tail.</param>
/// <param name="Allocations">Null when either side did not measure them.</param>
public sealed record BenchmarkResult(string Name, IReadOnlyList<MetricResult> Metrics, AllocationResult? Allocations);
