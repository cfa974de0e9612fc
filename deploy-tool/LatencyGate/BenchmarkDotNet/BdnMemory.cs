namespace FaceEdge.Deploy.Gates.BenchmarkDotNet;

/// <summary>What the memory diagnoser found.</summary>
internal sealed record BdnMemory(long? BytesAllocatedPerOperation);
