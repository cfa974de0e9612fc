using FaceEdge.Deploy.LatencyGate.Statistics;

namespace FaceEdge.Deploy.LatencyGate.Decision;

/// <summary>One metric of one benchmark over all blocks.</summary>
/// <param name="Benchmark">Its name.</param>
/// <param name="Metric">What is compared.</param>
/// <param name="BaseNanoseconds">The middle block's value of base.</param>
/// <param name="HeadNanoseconds">The middle block's value of head.</param>
/// <param name="LogRatios">ln(head / base) of each block.</param>
/// <param name="ControlLogRatios">ln(control / base) of each block; null when any block has no control.</param>
internal sealed record PairedSeries(
    string Benchmark,
    Metric Metric,
    double BaseNanoseconds,
    double HeadNanoseconds,
    IReadOnlyList<double> LogRatios,
    IReadOnlyList<double>? ControlLogRatios)
{
    public static PairedSeries Of(IReadOnlyList<Block> blocks, string benchmark, Metric metric) => new(
        benchmark,
        metric,
        Quantile.Median(blocks.Select(block => Pooled(metric, block.Base.Benchmarks[benchmark]))),
        Quantile.Median(blocks.Select(block => Pooled(metric, block.Head.Benchmarks[benchmark]))),
        [.. blocks.Select(block => LogRatio(metric, block.Head.Benchmarks[benchmark], block.Base.Benchmarks[benchmark]))],
        blocks.All(block => block.Control?.Benchmarks.ContainsKey(benchmark) == true)
            ? [.. blocks.Select(block => LogRatio(metric, block.Control!.Benchmarks[benchmark], block.Base.Benchmarks[benchmark]))]
            : null);

    /// <summary>Hodges-Lehmann over the control's blocks.</summary>
    public double? ControlLogRatio => ControlLogRatios is { } logs ? HodgesLehmann.Estimate(logs) : null;

    /// <summary>Two runs of one build differ by more than the gate lets two builds differ: whatever else it shows is noise.</summary>
    public bool ControlIsBeyond(Threshold threshold) => Math.Abs(ControlLogRatio ?? 0) > threshold.LogMargin;

    /// <summary>The unadjusted p-value against "no slower than the margin".</summary>
    public double SlowerP(Threshold threshold) => SignFlipTest.PValueGreater([.. LogRatios.Select(d => d - threshold.LogMargin)]);

    /// <summary>The p-value against "slower by the limit or more".</summary>
    public double WithinLimitP(Threshold threshold) => SignFlipTest.PValueLess([.. LogRatios.Select(d => d - threshold.LogLimit)]);

    /// <summary>ln(candidate / reference) of one block: above zero when the candidate is slower.</summary>
    private static double LogRatio(Metric metric, BenchmarkSamples candidate, BenchmarkSamples reference) => metric == Metric.P95
        ? Math.Log(Pooled(metric, candidate) / Pooled(metric, reference))
        : MedianOfTurns(metric, candidate, reference);

    /// <summary>
    /// Turns of the two sides ran side by side, so pairing them first cancels any load that came and went within the block. With a
    /// single turn this is the plain ratio of medians.
    /// </summary>
    private static double MedianOfTurns(Metric metric, BenchmarkSamples candidate, BenchmarkSamples reference) => Quantile.Median(
        candidate.Of(metric).Zip(reference.Of(metric), (ours, theirs) => Math.Log(Quantile.Median(ours) / Quantile.Median(theirs))));

    private static double Pooled(Metric metric, BenchmarkSamples samples) =>
        Quantile.Of(samples.Of(metric).SelectMany(turn => turn), metric == Metric.P95 ? 0.95 : 0.5);
}
