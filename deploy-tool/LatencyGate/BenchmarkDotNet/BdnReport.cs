namespace FaceEdge.Deploy.LatencyGate.BenchmarkDotNet;

/// <summary>The part of BenchmarkDotNet's full JSON report (<c>*-report-full.json</c>, 0.15) that the gate reads.</summary>
internal sealed record BdnReport(BdnHost HostEnvironmentInfo, IReadOnlyList<BdnBenchmark> Benchmarks);

/// <summary>One case; <see cref="FullName"/> holds type, method and parameters.</summary>
internal sealed record BdnBenchmark(string FullName, BdnMemory? Memory, IReadOnlyList<BdnMeasurement> Measurements);

/// <summary>One iteration: so many operations took so long. LaunchIndex counts the processes from 1.</summary>
internal sealed record BdnMeasurement(string IterationMode, string IterationStage, int LaunchIndex, int IterationIndex, long Operations, double Nanoseconds);

/// <summary>What the memory diagnoser found.</summary>
internal sealed record BdnMemory(long? BytesAllocatedPerOperation);

/// <summary>Where it was measured.</summary>
internal sealed record BdnHost(string OsVersion, string ProcessorName, int? LogicalCoreCount, string RuntimeVersion, string Architecture);
