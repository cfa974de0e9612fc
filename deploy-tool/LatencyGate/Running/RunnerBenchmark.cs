namespace FaceEdge.Deploy.Gates.Running;

/// <summary>A benchmark on offer, and how many samples make a turn of about a tenth of a second.</summary>
internal sealed record RunnerBenchmark(string Name, int SamplesPerTurn);
