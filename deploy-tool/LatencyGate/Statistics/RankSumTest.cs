namespace FaceEdge.Deploy.LatencyGate.Statistics;

/// <summary>
/// The exact two-sample rank test (Wilcoxon, "Individual comparisons by ranking methods", 1945; Mann and Whitney, 1947), conditional on ties: equal
/// values share the mean of their ranks, and the observed rank sum is compared with that of every way to draw as many of the pooled ranks. Assumes
/// that, were there no difference, each such draw would have been as likely, which a draw of the first group by lot gives; no distribution.
/// </summary>
public static class RankSumTest
{
    /// <summary>Values of a side: counting all draws of 50 out of 100 takes 40 million additions.</summary>
    public const int MaxCount = 50;

    /// <summary>The share of draws whose rank sum is at least the observed one.</summary>
    /// <param name="first">1 to <see cref="MaxCount"/> finite values.</param>
    /// <param name="second">As many.</param>
    /// <returns>The one-sided p-value against "the first values are not above the second".</returns>
    public static double PValueGreater(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        foreach (var count in (ReadOnlySpan<int>)[first.Count, second.Count])
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        }

        var ranks = DoubledRanks([.. first, .. second]);
        var observed = ranks.Take(first.Count).Sum();

        // ways[k, s]: draws of k of the ranks so far whose sum is s.
        var ways = new double[first.Count + 1, ranks.Sum() + 1];
        ways[0, 0] = 1;
        for (var (i, largest) = (0, 0); i < ranks.Length; i++)
        {
            largest += ranks[i];
            for (var drawn = Math.Min(i + 1, first.Count); drawn > 0; drawn--)
            {
                for (var sum = largest; sum >= ranks[i]; sum--)
                {
                    ways[drawn, sum] += ways[drawn - 1, sum - ranks[i]];
                }
            }
        }

        var (all, reached) = (0.0, 0.0);
        for (var sum = 0; sum < ways.GetLength(1); sum++)
        {
            all += ways[first.Count, sum];
            reached += sum >= observed ? ways[first.Count, sum] : 0;
        }

        return reached / all;
    }

    /// <summary>The one-sided p-value against "the first values are not below the second".</summary>
    public static double PValueLess(IReadOnlyList<double> first, IReadOnlyList<double> second) =>
        PValueGreater([.. first.Select(value => -value)], [.. second.Select(value => -value)]);

    /// <summary>The least p-value that so many values can give: one over the number of draws. Infinity when a side is empty.</summary>
    public static double LeastPValue(int first, int second)
    {
        if (first == 0 || second == 0)
        {
            return double.PositiveInfinity;
        }

        var draws = 1.0;
        for (var i = 1; i <= first; i++)
        {
            draws *= (second + i) / (double)i;
        }

        return 1 / draws;
    }

    /// <summary>Twice the rank of each value, from 1, so that the mean of two ranks is whole.</summary>
    private static int[] DoubledRanks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(index => values[index]).ToArray();
        var ranks = new int[values.Length];
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && values[order[end]].Equals(values[order[start]]))
            {
                end++;
            }

            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = start + 1 + end;
            }

            start = end;
        }

        return ranks;
    }
}
