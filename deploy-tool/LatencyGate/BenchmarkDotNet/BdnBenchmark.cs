namespace FaceEdge.Deploy.LatencyGate.BenchmarkDotNet;

/// <summary>One case; <see cref="FullName"/> holds type, method and parameters.</summary>
internal sealed record BdnBenchmark(string FullName, BdnMemory? Memory, IReadOnlyList<BdnMeasurement> Measurements);
