using System.Globalization;
using FaceEdge.Contracts;
using FaceEdge.Deploy.LatencyGate.Evidence;
using FaceEdge.Deploy.LatencyGate.Statistics;

namespace FaceEdge.Deploy.LatencyGate.Decision;

/// <summary>
/// Decides from paired blocks whether head is slower than base. Two one-sided exact sign-flip tests a metric: one shows a slowdown
/// beyond the margin (fail), the other rules out one of the limit or more (pass); when neither does, the verdict is inconclusive. So a
/// false alarm and a missed slowdown are each held to the same small chance, whatever the noise.
/// </summary>
public static class DecisionRule
{
    public static GateDecision Decide(IReadOnlyList<Block> blocks, GateRules rules)
    {
        if (blocks.Count == 0)
        {
            return Undecidable("no block was measured", blocks, []);
        }

        var machines = blocks.SelectMany(block => block.Processes).Select(process => process.Machine).Distinct().ToList();
        if (machines.Count > 1)
        {
            return Undecidable($"latencies of different machines cannot be compared: {string.Join(" | ", machines)}", blocks, []);
        }

        var names = CommonNames(blocks);
        var notes = NamesOnOneSideOnly(blocks).ToList();
        if (names.Count == 0)
        {
            return Undecidable("base and head have no benchmark in common", blocks, notes);
        }

        var series = names.SelectMany(name => Metrics(blocks, name).Select(metric => (Name: name, Metric: metric))).ToList();
        var pairs = series.Select(one => PairedSeries.Of(blocks, one.Name, one.Metric)).ToList();
        var slower = HolmAdjustment.Adjust([.. pairs.Select(pair => pair.SlowerP(rules.Of(pair.Metric)))]);
        var metrics = pairs.Zip(slower, (pair, p) => (pair.Benchmark, Result: Judge(pair, p, Obstacle(pair, pairs, rules), rules)))
            .ToLookup(judged => judged.Benchmark, judged => judged.Result);
        var benchmarks = names.Select(name => new BenchmarkResult(name, [.. metrics[name]], Allocations(blocks, name))).ToList();
        return LeastBlocks(series.Count, rules) is var least && blocks.Count < least
            ? new(GateVerdict.Inconclusive, [TooFew(blocks.Count, least, rules)], notes, blocks.Count, machines[0], benchmarks)
            : Conclusion.Draw(benchmarks, rules, notes, blocks.Count, machines[0]);
    }

    /// <summary>Why this many blocks decide nothing; null when they may, or when that cannot be told from what was measured.</summary>
    /// <param name="measured">At least one block.</param>
    /// <param name="planned">Blocks at the last look.</param>
    /// <param name="rules">What is decided by.</param>
    internal static string? TooFewPlanned(IReadOnlyList<Block> measured, int planned, GateRules rules)
    {
        var tests = CommonNames(measured).Sum(name => Metrics(measured, name).Length);
        return tests > 0 && LeastBlocks(tests, rules) is var least && planned < least ? TooFew(planned, least, rules) : null;
    }

    /// <summary>The sentence about too few blocks.</summary>
    public static string TooFew(int blocks, int least, GateRules rules) => string.Create(
        CultureInfo.InvariantCulture, $"{Quantity.Of(blocks, "block")} can show nothing at alpha {rules.Alpha}: at least {least} are needed");

    /// <summary>Blocks below which no pattern of signs could reach the significance asked for, even were all of them slower.</summary>
    public static int LeastBlocks(int tests, GateRules rules) => (int)Math.Floor(Math.Log2(tests / rules.AlphaPerLook)) + 1;

    /// <summary>
    /// What speaks against judging a metric on this machine: a control that differs from base, or, for what the clock on the wall gives,
    /// processes that waited for the processor. A tail is no better than the median of the same clock.
    /// </summary>
    private static string? Obstacle(PairedSeries pair, IReadOnlyList<PairedSeries> all, GateRules rules)
    {
        PairedSeries? Other(Metric metric) => all.FirstOrDefault(other => other.Benchmark == pair.Benchmark && other.Metric == metric);
        if (pair.Metric != Metric.Cpu
            && Other(Metric.Cpu) is { } cpu
            && Other(Metric.P95) is { } tail
            && tail.BaseNanoseconds / cpu.BaseNanoseconds is var waiting
            && waiting > rules.MaxWaiting)
        {
            return string.Create(CultureInfo.InvariantCulture, $"one operation of base in twenty took {waiting:0.0} x its processor time or longer");
        }

        var control = pair.ControlIsBeyond(rules.Of(pair.Metric)) ? pair
            : pair.Metric == Metric.P95 && Other(Metric.Median) is { } median && median.ControlIsBeyond(rules.Median) ? median
            : null;
        return control is null
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"the {control.Metric} of base against base itself gives {Math.Exp(control.ControlLogRatio!.Value):0.000} x");
    }

    private static MetricResult Judge(PairedSeries pair, double slowerP, string? obstacle, GateRules rules)
    {
        var threshold = rules.Of(pair.Metric);
        var head = HodgesLehmann.Of(pair.LogRatios, 1 - (2 * rules.Alpha));
        var withinP = pair.WithinLimitP(threshold);
        var verdict = obstacle is not null ? GateVerdict.Inconclusive
            : slowerP < rules.AlphaPerLook ? GateVerdict.Fail
            : withinP < rules.AlphaPerLook ? GateVerdict.Pass
            : GateVerdict.Inconclusive;
        return new(
            pair.Metric,
            pair.BaseNanoseconds,
            pair.HeadNanoseconds,
            Math.Exp(head.Centre),
            Math.Exp(head.Low),
            Math.Exp(head.High),
            head.Confidence,
            pair.ControlLogRatio is { } control ? Math.Exp(control) : null,
            slowerP,
            withinP,
            obstacle,
            verdict,
            [.. pair.LogRatios.Select(Math.Exp)]);
    }

    /// <summary>Processor time counts only where every process measured it.</summary>
    private static Metric[] Metrics(IReadOnlyList<Block> blocks, string name) =>
        blocks.All(block => block.Base.Benchmarks[name].CpuTurns is not null && block.Head.Benchmarks[name].CpuTurns is not null)
            ? [Metric.Cpu, Metric.Median, Metric.P95]
            : [Metric.Median, Metric.P95];

    private static List<string> CommonNames(IReadOnlyList<Block> blocks) =>
        [.. Names(blocks, block => block.Base).Intersect(Names(blocks, block => block.Head)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> NamesOnOneSideOnly(IReadOnlyList<Block> blocks)
    {
        var atBase = Names(blocks, block => block.Base);
        var atHead = Names(blocks, block => block.Head);
        return atBase.Except(atHead).Order(StringComparer.Ordinal).Select(name => $"{name} is measured at base only: not gated any more")
            .Concat(atHead.Except(atBase).Order(StringComparer.Ordinal).Select(name => $"{name} is new at head: gated from the next release on"));
    }

    /// <summary>What every process of a side measured.</summary>
    private static HashSet<string> Names(IReadOnlyList<Block> blocks, Func<Block, ProcessMeasurement> side)
    {
        var names = side(blocks[0]).Benchmarks.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var block in blocks)
        {
            names.IntersectWith(side(block).Benchmarks.Keys);
        }

        return names;
    }

    /// <summary>Start-up work that lands in a measured operation only ever adds: the least of all processes is what the code allocates.</summary>
    private static AllocationResult? Allocations(IReadOnlyList<Block> blocks, string name)
    {
        var atBase = blocks.Min(block => block.Base.Benchmarks[name].AllocatedBytes);
        var atHead = blocks.Min(block => block.Head.Benchmarks[name].AllocatedBytes);
        return atBase is { } b && atHead is { } h ? new(b, h) : null;
    }

    private static GateDecision Undecidable(string reason, IReadOnlyList<Block> blocks, IReadOnlyList<string> notes) =>
        new(GateVerdict.Inconclusive, [reason], notes, blocks.Count, null, []);
}
