using FaceEdge.Deploy.LatencyGate.Decision;

namespace FaceEdge.Deploy.Tests.Gates;

/// <summary>Blocks of one sample a process, so that median and tail are the number given.</summary>
internal static class BlockBuilder
{
    public static MachineDescription Machine { get; } = new("Test CPU", 2, "Linux 6.1", "X64", ".NET 10.0.1");

    public static ProcessMeasurement Process(params (string Name, double Nanoseconds, long? Bytes)[] benchmarks) =>
        new(Machine, benchmarks.ToDictionary(b => b.Name, b => new BenchmarkSamples([[b.Nanoseconds]], CpuTurns: null, b.Bytes)));

    /// <summary><paramref name="count"/> blocks whose head / base ratios spread evenly by ±1% around <paramref name="ratio"/>.</summary>
    public static List<Block> Steady(int count, double ratio, double control = 1, long baseBytes = 0, long headBytes = 0) =>
        [.. Enumerable.Range(0, count).Select(i =>
        {
            var wobble = 1 + (0.01 * ((2.0 * i / Math.Max(1, count - 1)) - 1));
            return new Block(
                Process(("detect", 1000, baseBytes)),
                Process(("detect", 1000 * ratio * wobble, headBytes)),
                Process(("detect", 1000 * control * wobble, baseBytes)));
        })];
}
