namespace FaceEdge.Deploy.LatencyGate.Statistics;

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
