namespace FaceEdge.Deploy.LatencyGate.Statistics;

/// <summary>
/// The Hodges-Lehmann estimate of the centre of a symmetric sample, the median of its Walsh averages, with the exact interval that comes
/// of inverting the signed-rank test (Hollander and Wolfe, Nonparametric Statistical Methods, §3.2 and §3.3).
/// </summary>
/// <param name="Centre">The estimate.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Confidence">The level that the interval really has: a rank test offers only some levels, and a few pairs only low ones.</param>
public readonly record struct HodgesLehmann(double Centre, double Low, double High, double Confidence)
{
    /// <summary>The centre alone.</summary>
    public static double Estimate(IReadOnlyList<double> sample) => Quantile.Median(WalshAverages(sample));

    /// <param name="sample">1 to <see cref="SignFlipTest.MaxCount"/> values.</param>
    /// <param name="confidence">The level asked for, such as 0.98.</param>
    public static HodgesLehmann Of(IReadOnlyList<double> sample, double confidence)
    {
        var distribution = new SignedRankDistribution(sample.Count);
        var averages = WalshAverages(sample);
        var rank = Math.Max(1, distribution.Quantile((1 - confidence) / 2));
        return new(
            Quantile.Median(averages),
            averages[rank - 1],
            averages[^rank],
            1 - (2 * distribution.Cumulative(rank - 1)));
    }

    /// <summary>(x[i] + x[j]) / 2 for i ≤ j, ascending: n(n + 1)/2 of them.</summary>
    private static double[] WalshAverages(IReadOnlyList<double> sample)
    {
        var averages = new double[sample.Count * (sample.Count + 1) / 2];
        var next = 0;
        for (var i = 0; i < sample.Count; i++)
        {
            for (var j = i; j < sample.Count; j++)
            {
                averages[next++] = (sample[i] + sample[j]) / 2;
            }
        }

        Array.Sort(averages);
        return averages;
    }
}

/// <summary>The null distribution of Wilcoxon's signed-rank statistic: the sum of those of the ranks 1 to n that took a plus sign.</summary>
internal sealed class SignedRankDistribution
{
    private readonly double[] _cumulative;

    /// <param name="count">Pairs, 1 to <see cref="SignFlipTest.MaxCount"/>: up to there a double counts all 2^n patterns exactly.</param>
    public SignedRankDistribution(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, SignFlipTest.MaxCount);

        var patterns = new double[(count * (count + 1) / 2) + 1];
        patterns[0] = 1;
        for (var rank = 1; rank <= count; rank++)
        {
            for (var sum = patterns.Length - 1; sum >= rank; sum--)
            {
                patterns[sum] += patterns[sum - rank];
            }
        }

        var total = Math.Pow(2, count);
        double running = 0;
        _cumulative = [.. patterns.Select(pattern => (running += pattern) / total)];
    }

    /// <summary>The chance of a sum of at most <paramref name="sum"/>.</summary>
    public double Cumulative(int sum) => sum < 0 ? 0 : _cumulative[Math.Min(sum, _cumulative.Length - 1)];

    /// <summary>The least sum whose cumulative probability reaches <paramref name="probability"/>.</summary>
    public int Quantile(double probability) => Array.FindIndex(_cumulative, cumulative => cumulative >= probability);
}
