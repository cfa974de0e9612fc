using FaceEdge.Deploy.LatencyGate.Decision;
using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.Tests.Gates;

public sealed class DecisionRuleTests
{
    private static readonly GateRules Rules = new();

    [Fact]
    public void Equal_builds_pass()
    {
        var decision = DecisionRule.Decide(BlockBuilder.Steady(12, 1.00), Rules);

        Assert.Equal(GateVerdict.Pass, decision.Verdict);
        Assert.Equal(
            "no median is slower by 10% or more; the slowest against base is detect Median at 1.000 x (0.995 to 1.005)",
            Assert.Single(decision.Reasons));
    }

    [Fact]
    public void A_tenth_slower_fails_and_says_what_and_by_how_much()
    {
        var decision = DecisionRule.Decide(BlockBuilder.Steady(12, 1.10), Rules);

        Assert.Equal(GateVerdict.Fail, decision.Verdict);
        Assert.Equal("detect Median is 1.100 x base (1.094 to 1.106), beyond the margin of 1.05", decision.Reasons[0]);
    }

    [Fact]
    public void A_faster_head_passes() => Assert.Equal(GateVerdict.Pass, DecisionRule.Decide(BlockBuilder.Steady(12, 0.7), Rules).Verdict);

    [Fact]
    public void Ratios_that_straddle_both_thresholds_are_inconclusive()
    {
        var blocks = BlockBuilder.Steady(12, 1.0).Concat(BlockBuilder.Steady(12, 1.2)).ToList();

        Assert.Equal(GateVerdict.Inconclusive, DecisionRule.Decide(blocks, Rules).Verdict);
    }

    [Fact]
    public void A_machine_on_which_base_differs_from_base_decides_nothing()
    {
        var decision = DecisionRule.Decide(BlockBuilder.Steady(12, 1.3, control: 1.08), Rules);

        Assert.Equal(GateVerdict.Inconclusive, decision.Verdict);
        Assert.StartsWith("machine too noisy to judge detect Median: the Median of base against base itself gives 1.080 x", decision.Reasons[0]);
    }

    [Fact]
    public void One_more_byte_an_operation_fails_even_when_faster()
    {
        var decision = DecisionRule.Decide(BlockBuilder.Steady(12, 0.9, baseBytes: 0, headBytes: 1), Rules);

        Assert.Equal(GateVerdict.Fail, decision.Verdict);
        Assert.Equal("detect allocates 1 B an operation, base 0 B", decision.Reasons[0]);
    }

    [Fact]
    public void Too_few_blocks_are_inconclusive_and_say_how_many_are_needed()
    {
        var decision = DecisionRule.Decide(BlockBuilder.Steady(5, 2), Rules);

        Assert.Equal(GateVerdict.Inconclusive, decision.Verdict);
        Assert.Equal("5 blocks can show nothing at alpha 0.01: at least 9 are needed", decision.Reasons[0]);
    }

    [Fact]
    public void Least_blocks_can_indeed_fail_the_gate() =>
        Assert.Equal(GateVerdict.Fail, DecisionRule.Decide(BlockBuilder.Steady(DecisionRule.LeastBlocks(2, Rules), 2), Rules).Verdict);

    [Theory]
    [InlineData("Other CPU", "Linux 6.1", ".NET 10.0.1")]
    [InlineData("Test CPU", "Linux 6.2", ".NET 10.0.1")]
    [InlineData("Test CPU", "Linux 6.1", ".NET 10.0.2")]
    public void Another_cpu_system_or_runtime_is_never_compared(string cpu, string os, string runtime)
    {
        var blocks = BlockBuilder.Steady(12, 1.0);
        var machine = BlockBuilder.Machine with { Cpu = cpu, Os = os, Runtime = runtime };
        blocks[7] = blocks[7] with { Head = blocks[7].Head with { Machine = machine } };

        var decision = DecisionRule.Decide(blocks, Rules);

        Assert.Equal(GateVerdict.Inconclusive, decision.Verdict);
        Assert.StartsWith("latencies of different machines cannot be compared", decision.Reasons[0]);
    }

    [Fact]
    public void Benchmarks_on_one_side_only_are_reported_and_not_gated()
    {
        var blocks = Enumerable.Range(0, 12).Select(_ => new Block(
            BlockBuilder.Process(("detect", 1000, 0), ("gone", 10, 0)),
            BlockBuilder.Process(("detect", 1000, 0), ("new", 10, 0)),
            null)).ToList();

        var decision = DecisionRule.Decide(blocks, Rules);

        Assert.Equal(GateVerdict.Pass, decision.Verdict);
        Assert.Equal("detect", Assert.Single(decision.Benchmarks).Name);
        Assert.Equal(
            ["gone is measured at base only: not gated any more", "new is new at head: gated from the next release on"], decision.Notes);
    }

    [Fact]
    public void Nothing_in_common_is_inconclusive()
    {
        var block = new Block(BlockBuilder.Process(("a", 1, 0)), BlockBuilder.Process(("b", 1, 0)), null);

        Assert.Equal("base and head have no benchmark in common", DecisionRule.Decide([block], Rules).Reasons[0]);
    }

    [Fact]
    public void Processor_time_decides_when_the_clock_on_the_wall_is_too_noisy()
    {
        var decision = DecisionRule.Decide(Busy(cpuRatio: 1.0), Rules);

        Assert.Equal(GateVerdict.Pass, decision.Verdict);
        Assert.StartsWith("no median is slower by 10% or more; the slowest against base is detect Cpu at 1.000 x", decision.Reasons[0]);
        Assert.Contains("machine too noisy to judge detect Median: one operation of base in twenty took 2.4 x its processor time or longer", decision.Notes);
    }

    [Fact]
    public void Processor_time_alone_can_fail_a_candidate() =>
        Assert.StartsWith("detect Cpu is 1.100 x base", DecisionRule.Decide(Busy(cpuRatio: 1.1), Rules).Reasons[0]);

    [Fact]
    public void Waiting_of_the_candidate_alone_fails_it_although_its_processor_time_is_the_same()
    {
        var block = new Block(Timed(wall: 510, cpu: 500), Timed(wall: 800, cpu: 500), Timed(wall: 510, cpu: 500));

        var decision = DecisionRule.Decide([.. Enumerable.Repeat(block, 12)], Rules);

        Assert.Equal(GateVerdict.Fail, decision.Verdict);
        Assert.StartsWith("detect Median is 1.569 x base", decision.Reasons[0]);
    }

    [Fact]
    public void Waiting_for_a_crowded_processor_fails_nobody()
    {
        var block = new Block(Timed(wall: 1100, cpu: 500), Timed(wall: 4000, cpu: 510), Timed(wall: 1100, cpu: 500));

        Assert.Equal(GateVerdict.Pass, DecisionRule.Decide([.. Enumerable.Repeat(block, 12)], Rules).Verdict);
    }

    private static ProcessMeasurement Timed(double wall, double cpu) => new(
        BlockBuilder.Machine, new Dictionary<string, BenchmarkSamples> { ["detect"] = new([[wall]], [[cpu]], 0) });

    /// <summary>Wall-clock times that jump about, processor times that do not.</summary>
    private static List<Block> Busy(double cpuRatio)
    {
        return [.. Enumerable.Range(0, 12).Select(i => new Block(
            Timed(1200, 500 + i), Timed(1200 + (300 * (i % 4)), (500 + i) * cpuRatio), Timed(1500, 500 + i)))];
    }

    [Fact]
    public void Load_that_doubles_the_time_of_some_turns_on_both_sides_cancels()
    {
        static ProcessMeasurement Turns(double scale, int calm) => new(BlockBuilder.Machine, new Dictionary<string, BenchmarkSamples>
        {
            ["detect"] = new([.. Enumerable.Range(0, 10).Select(turn => new[] { (turn < calm ? 1000 : 2000) * scale })], CpuTurns: null, 0),
        });
        var blocks = Enumerable.Range(0, 12).Select(i => new Block(Turns(1, i % 10), Turns(1.10, i % 10), Turns(1, i % 10))).ToList();

        var median = DecisionRule.Decide(blocks, Rules).Benchmarks[0].Metrics[0];

        Assert.Equal(1.10, median.Ratio, 9);
        Assert.Equal(1.10, median.High, 9);
    }
}
