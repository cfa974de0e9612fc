namespace FaceEdge.Deploy.LatencyGate.Decision;

/// <summary>What one process measured of one benchmark.</summary>
/// <param name="Turns">
/// Samples in nanoseconds an operation, in the turns in which the sides alternated; turn i of one side ran right beside turn i of the
/// other. At least one turn, none of them empty.
/// </param>
/// <param name="CpuTurns">The same turns in nanoseconds of processor time; null when not measured.</param>
/// <param name="AllocatedBytes">Managed bytes an operation allocated; null when not measured.</param>
public sealed record BenchmarkSamples(IReadOnlyList<double[]> Turns, IReadOnlyList<double[]>? CpuTurns, long? AllocatedBytes)
{
    /// <summary>The turns that a metric is computed from.</summary>
    public IReadOnlyList<double[]> Of(Metric metric) =>
        metric == Metric.Cpu ? CpuTurns ?? throw new InvalidOperationException("Processor time was not measured.") : Turns;
}
