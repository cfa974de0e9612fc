namespace FaceEdge.Deploy.LatencyGate.BenchmarkDotNet;

/// <summary>What the memory diagnoser found.</summary>
internal sealed record BdnMemory(long? BytesAllocatedPerOperation);
