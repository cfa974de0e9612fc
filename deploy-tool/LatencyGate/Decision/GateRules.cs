namespace FaceEdge.Deploy.LatencyGate.Decision;

/// <summary>What the latency gate decides by.</summary>
public sealed record GateRules
{
    /// <summary>What the exact tests can take: <see cref="Statistics.SignFlipTest.MaxCount"/>.</summary>
    public const int MaxBlocks = Statistics.SignFlipTest.MaxCount;

    /// <summary>What the service's own benchmarks make to be tested: two operations by processor time, median and 95th percentile.</summary>
    public const int OwnTests = 6;

    /// <summary>The least that anything makes to be tested: one operation by median and 95th percentile.</summary>
    public const int FewestTests = 2;

    /// <summary>For both medians, of processor time and of time: the gate must catch a tenth, and lets a twentieth be.</summary>
    public Threshold Median { get; init; } = new(0.05, 0.10);

    /// <summary>Tails are noisier than medians on any machine that does other work too.</summary>
    public Threshold P95 { get; init; } = new(0.10, 0.25);

    /// <summary>Chance of failing a candidate that is no slower than the margin, over all benchmarks, metrics and looks together.</summary>
    public double Alpha { get; init; } = 0.01;

    /// <summary>Blocks before the first look at the data, and before each further one.</summary>
    public int BlocksPerLook { get; init; } = 12;

    /// <summary>Looks while the verdict is inconclusive; each is given an equal share of <see cref="Alpha"/>.</summary>
    public int Looks { get; init; } = 2;

    /// <summary>
    /// Base's 95th percentile of time over its median of processor time from which on processes wait for the processor, on a system that
    /// does not tell how long: then an operation that just fits into a scheduler's time slice and one that just does not differ by a whole
    /// wait. A quiet machine stays below 1.3.
    /// </summary>
    public double MaxWaiting { get; init; } = 2;

    /// <summary>What one look at the data may spend of <see cref="Alpha"/> (Bonferroni over looks).</summary>
    public double AlphaPerLook => Alpha / Looks;

    public Threshold Of(Metric metric) => metric == Metric.P95 ? P95 : Median;
}

/// <summary>Two ratios to base between which a slowdown is neither refused nor has to be ruled out.</summary>
/// <param name="Margin">A slowdown shown to exceed this share fails, such as 0.05.</param>
/// <param name="Limit">Nothing passes before a slowdown of this share is ruled out, such as 0.10; above <paramref name="Margin"/>.</param>
public readonly record struct Threshold(double Margin, double Limit)
{
    public double LogMargin => Math.Log(1 + Margin);

    public double LogLimit => Math.Log(1 + Limit);
}
