namespace FaceEdge.Deploy.Gates.Latency;

/// <summary>Everything that one fresh process measured.</summary>
/// <param name="Machine">Where it ran.</param>
/// <param name="Benchmarks">By name.</param>
internal sealed record ProcessMeasurement(MachineDescription Machine, IReadOnlyDictionary<string, BenchmarkSamples> Benchmarks);
