namespace FaceEdge.Deploy.LatencyGate.Statistics;

/// <summary>
/// Holm's step-down adjustment ("A simple sequentially rejective multiple test procedure", 1979): comparing each adjusted p-value with
/// alpha keeps the chance of even one false alarm among all tests at alpha.
/// </summary>
internal static class HolmAdjustment
{
    /// <returns>The adjusted p-values in the order of the input.</returns>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        var adjusted = new double[pValues.Count];
        var largest = 0.0;
        var remaining = pValues.Count;
        foreach (var index in Enumerable.Range(0, pValues.Count).OrderBy(index => pValues[index]))
        {
            largest = Math.Max(largest, Math.Min(1, pValues[index] * remaining));
            adjusted[index] = largest;
            remaining--;
        }

        return adjusted;
    }
}
