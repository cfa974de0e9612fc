namespace FaceEdge.Deploy.LatencyGate.Decision;

/// <summary>Everything that one fresh process measured.</summary>
/// <param name="Machine">Where it ran.</param>
/// <param name="Benchmarks">By name.</param>
public sealed record ProcessMeasurement(MachineDescription Machine, IReadOnlyDictionary<string, BenchmarkSamples> Benchmarks);
