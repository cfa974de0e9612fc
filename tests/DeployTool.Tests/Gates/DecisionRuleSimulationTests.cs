using FaceEdge.Deploy.LatencyGate.Decision;
using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.Tests.Gates;

/// <summary>
/// How often the rule is right on a modelled machine whose speed drifts by 6% over a run while every process deviates by 2% of its own
/// (log-normal). Seeds are fixed: the shares are the same on every run.
/// </summary>
public sealed class DecisionRuleSimulationTests
{
    private const int Trials = 400;

    [Theory]
    [InlineData(0.90)]
    [InlineData(1.00)]
    public async Task No_faster_or_equal_build_fails(double ratio)
    {
        var shares = await SimulateAsync(ratio);

        Assert.Equal(0, shares[GateVerdict.Fail]);
        Assert.InRange(shares[GateVerdict.Pass], 0.99, 1);
    }

    [Fact]
    public async Task A_build_at_the_margin_fails_in_at_most_the_share_alpha() =>
        Assert.InRange((await SimulateAsync(1.05))[GateVerdict.Fail], 0, 0.01);

    [Fact]
    public async Task A_tenth_slower_fails_nearly_always_and_never_passes_beyond_alpha()
    {
        var shares = await SimulateAsync(1.10);

        Assert.InRange(shares[GateVerdict.Fail], 0.95, 1);
        Assert.InRange(shares[GateVerdict.Pass], 0, 0.01);
    }

    [Theory]
    [InlineData(1.15)]
    [InlineData(1.20)]
    public async Task More_than_a_tenth_slower_always_fails(double ratio) =>
        Assert.Equal(1, (await SimulateAsync(ratio))[GateVerdict.Fail]);

    [Fact]
    public async Task A_machine_three_times_as_noisy_says_so_rather_than_guess()
    {
        var shares = await SimulateAsync(1.10, noise: 0.06);

        Assert.InRange(shares[GateVerdict.Pass], 0, 0.01);
        Assert.InRange(shares[GateVerdict.Inconclusive], 0.3, 1);
    }

    private static async Task<Dictionary<GateVerdict, double>> SimulateAsync(double ratio, double noise = 0.02)
    {
        var rules = new GateRules();
        var counts = Enum.GetValues<GateVerdict>().ToDictionary(verdict => verdict, _ => 0.0);
        for (var seed = 0; seed < Trials; seed++)
        {
            var gate = new SequentialGate(rules, TimeSpan.MaxValue, TimeProvider.System, new Progress<string>());
            var decision = await gate.RunAsync(new ModelledMachine(seed, ratio, drift: 0.06, noise), TestContext.Current.CancellationToken);
            counts[decision.Verdict] += 1.0 / Trials;
        }

        return counts.ToDictionary(count => count.Key, count => Math.Round(count.Value, 6));
    }

    private sealed class ModelledMachine(int seed, double ratio, double drift, double noise) : IBlockSource
    {
        private const int ProcessesABlock = 3;
        private readonly Random _random = new(seed);
        private readonly GateRules _rules = new();

        public Task<Block> MeasureAsync(int index, CancellationToken cancellation)
        {
            var start = index * ProcessesABlock;
            var (control, @base, head) = index % 2 == 0 ? (start, start + 1, start + 2) : (start + 2, start + 1, start);
            return Task.FromResult(new Block(Process(@base, 1), Process(head, ratio), Process(control, 1)));
        }

        private ProcessMeasurement Process(int time, double scale)
        {
            var progress = (double)time / (ProcessesABlock * _rules.BlocksPerLook);
            return BlockBuilder.Process(("detect", 5e6 * scale * (1 + (drift * progress)) * Math.Exp(noise * Gaussian()), 0));
        }

        /// <summary>Box-Muller.</summary>
        private double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
    }
}
