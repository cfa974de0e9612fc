namespace FaceEdge.Deploy.LatencyGate.BenchmarkDotNet;

/// <summary>One iteration: so many operations took so long. LaunchIndex counts the processes from 1.</summary>
internal sealed record BdnMeasurement(string IterationMode, string IterationStage, int LaunchIndex, int IterationIndex, long Operations, double Nanoseconds);
