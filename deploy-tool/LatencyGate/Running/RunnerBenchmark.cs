namespace FaceEdge.Deploy.LatencyGate.Running;

/// <summary>A benchmark on offer, and how many samples make a turn of about a tenth of a second.</summary>
public sealed record RunnerBenchmark(string Name, int SamplesPerTurn);
