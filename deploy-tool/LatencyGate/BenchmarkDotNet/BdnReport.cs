namespace FaceEdge.Deploy.LatencyGate.BenchmarkDotNet;

/// <summary>The part of BenchmarkDotNet's full JSON report (<c>*-report-full.json</c>, 0.15) that the gate reads.</summary>
internal sealed record BdnReport(BdnHost HostEnvironmentInfo, IReadOnlyList<BdnBenchmark> Benchmarks);
