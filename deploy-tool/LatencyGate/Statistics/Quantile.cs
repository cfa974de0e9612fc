namespace FaceEdge.Deploy.LatencyGate.Statistics;

/// <summary>Quantiles of a sample by linear interpolation of its order statistics: type 7 of Hyndman and Fan, 1996.</summary>
public static class Quantile
{
    public static double Median(IEnumerable<double> sample) => Of(sample, 0.5);

    /// <param name="sample">At least one value, in any order.</param>
    /// <param name="probability">0 (smallest) to 1 (largest).</param>
    /// <exception cref="ArgumentException">The sample is empty.</exception>
    public static double Of(IEnumerable<double> sample, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(probability, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1);
        double[] sorted = [.. sample];
        if (sorted.Length == 0)
        {
            throw new ArgumentException("A quantile needs at least one value.", nameof(sample));
        }

        Array.Sort(sorted);
        var position = probability * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
