using FaceEdge.Deploy.LatencyGate.Decision;
using FaceEdge.Deploy.LatencyGate.Evidence;
using Microsoft.Extensions.Time.Testing;

namespace FaceEdge.Deploy.Tests.Gates;

public sealed class SequentialGateTests
{
    private static readonly GateRules Rules = new();

    [Fact]
    public async Task Stops_at_the_first_look_that_decides()
    {
        var source = new SteadySource(1.0, TimeSpan.FromSeconds(10));

        var decision = await RunAsync(source);

        Assert.Equal((GateVerdict.Pass, 12), (decision.Verdict, decision.Blocks));
    }

    [Fact]
    public async Task Looks_again_when_inconclusive()
    {
        // Half the blocks far above both thresholds, half far below: no number of them decides.
        var source = new SteadySource(index => index % 2 == 0 ? 0.9 : 1.25, TimeSpan.FromSeconds(10));

        var decision = await RunAsync(source);

        Assert.Equal((GateVerdict.Inconclusive, 24), (decision.Verdict, decision.Blocks));
    }

    [Fact]
    public async Task Does_not_begin_a_look_that_cannot_end_in_time()
    {
        var source = new SteadySource(index => index % 2 == 0 ? 0.9 : 1.25, TimeSpan.FromSeconds(40));

        var decision = await RunAsync(source);

        Assert.Equal(12, decision.Blocks);
        Assert.Contains("stopped after 12 blocks: 12 more would not fit into 10 minutes", decision.Notes);
    }

    [Fact]
    public async Task Out_of_time_within_the_first_look_it_says_that_it_cannot_decide()
    {
        var decision = await RunAsync(new SteadySource(1.0, TimeSpan.FromMinutes(3)));

        Assert.Equal((GateVerdict.Inconclusive, 4), (decision.Verdict, decision.Blocks));
        Assert.Equal("4 blocks can show nothing at alpha 0.01: at least 9 are needed", decision.Reasons[0]);
    }

    private static Task<GateDecision> RunAsync(SteadySource source) => new SequentialGate(
        Rules, TimeSpan.FromMinutes(10), source.Time, new Progress<string>()).RunAsync(source, TestContext.Current.CancellationToken);

    private sealed class SteadySource(Func<int, double> ratio, TimeSpan perBlock) : IBlockSource
    {
        public SteadySource(double ratio, TimeSpan perBlock)
            : this(_ => ratio, perBlock)
        {
        }

        public FakeTimeProvider Time { get; } = new();

        public Task<Block> MeasureAsync(int index, CancellationToken cancellation)
        {
            Time.Advance(perBlock);
            return Task.FromResult(BlockBuilder.Steady(1, ratio(index))[0]);
        }
    }
}
