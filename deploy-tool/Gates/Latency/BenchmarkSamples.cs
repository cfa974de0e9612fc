namespace FaceEdge.Deploy.Gates.Latency;

/// <summary>What one process measured of one benchmark.</summary>
/// <param name="Turns">
/// Raw samples in nanoseconds an operation, in the turns in which the sides alternated; turn i of one side ran right beside turn i of the
/// other. At least one turn, none of them empty.
/// </param>
/// <param name="AllocatedBytes">Managed bytes an operation allocated; null when not measured.</param>
internal sealed record BenchmarkSamples(IReadOnlyList<double[]> Turns, long? AllocatedBytes);
