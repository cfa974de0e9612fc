namespace FaceEdge.Deploy.LatencyGate.Statistics;

/// <summary>
/// The exact one-sample permutation test on the mean of paired differences (Fisher, The Design of Experiments, 1935, §21): under the
/// null hypothesis each difference is as likely to have come out with the other sign, so the observed sum is compared with all 2^n sums.
/// Assumes symmetry about zero, which the alternating order of the pair gives, and no distribution.
/// </summary>
public static class SignFlipTest
{
    /// <summary>Two halves of 2^20 partial sums each: 16 MB and well under a second.</summary>
    public const int MaxCount = 40;

    /// <summary>Sums that differ by rounding alone count as equal.</summary>
    private const double RelativeTolerance = 1e-12;

    /// <summary>The share of sign patterns whose sum is at least the observed one.</summary>
    /// <param name="differences">1 to <see cref="MaxCount"/> finite values.</param>
    /// <returns>The one-sided p-value against "the differences are not above zero", 2^-n to 1.</returns>
    public static double PValueGreater(IReadOnlyList<double> differences)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(differences.Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(differences.Count, MaxCount);

        var threshold = differences.Sum() - (RelativeTolerance * differences.Sum(Math.Abs));
        var middle = differences.Count / 2;
        var left = SignedSums([.. differences.Take(middle)]);
        var right = SignedSums([.. differences.Skip(middle)]);
        return CountPairsAtLeast(left, right, threshold) / Math.Pow(2, differences.Count);
    }

    /// <summary>The one-sided p-value against "the differences are not below zero".</summary>
    public static double PValueLess(IReadOnlyList<double> differences) => PValueGreater([.. differences.Select(difference => -difference)]);

    /// <summary>All 2^n sums ±v1 ±v2 … in ascending order.</summary>
    private static double[] SignedSums(ReadOnlySpan<double> values)
    {
        var sums = new double[1 << values.Length];
        sums[0] = -Sum(values);
        for (var bit = 0; bit < values.Length; bit++)
        {
            var half = 1 << bit;
            for (var i = 0; i < half; i++)
            {
                sums[half + i] = sums[i] + (2 * values[bit]);
            }
        }

        Array.Sort(sums);
        return sums;
    }

    /// <summary>As one sum grows, the least partner that reaches the threshold moves only downwards: one pass over both.</summary>
    private static double CountPairsAtLeast(double[] ascending, double[] partners, double threshold)
    {
        double count = 0;
        var least = partners.Length;
        foreach (var sum in ascending)
        {
            while (least > 0 && sum + partners[least - 1] >= threshold)
            {
                least--;
            }

            count += partners.Length - least;
        }

        return count;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}
