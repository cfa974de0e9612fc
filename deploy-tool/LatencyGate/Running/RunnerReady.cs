using FaceEdge.Deploy.Gates.Latency;

namespace FaceEdge.Deploy.Gates.Running;

/// <summary>The first line of a measured process.</summary>
internal sealed record RunnerReady(string Protocol, MachineDescription Machine, IReadOnlyList<RunnerBenchmark> Benchmarks);
