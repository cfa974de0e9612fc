using FaceEdge.Deploy.LatencyGate.Decision;

namespace FaceEdge.Deploy.LatencyGate.Running;

/// <summary>The first line of a measured process.</summary>
public sealed record RunnerReady(string Protocol, MachineDescription Machine, IReadOnlyList<RunnerBenchmark> Benchmarks);
