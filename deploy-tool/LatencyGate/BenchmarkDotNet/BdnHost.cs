namespace FaceEdge.Deploy.LatencyGate.BenchmarkDotNet;

/// <summary>Where it was measured.</summary>
internal sealed record BdnHost(string OsVersion, string ProcessorName, int? LogicalCoreCount, string RuntimeVersion, string Architecture);
