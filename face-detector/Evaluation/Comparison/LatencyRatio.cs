namespace FaceEdge.Evaluation.Comparison;

/// <summary>Time of B over time of A, from turns: in each, both run on one picture, one right after the other, and who begins alternates.</summary>
/// <param name="Median">Of the turns' ratios.</param>
/// <param name="Low">Lower end of its 95% interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Turns">How many were measured.</param>
internal sealed record LatencyRatio(double Median, double Low, double High, int Turns)
{
    /// <summary>The interval is distribution-free: the order statistics n/2 ± 0.98 √n (Conover, Practical Nonparametric Statistics, section 3.2).</summary>
    /// <param name="turns">Milliseconds of A and B.</param>
    public static LatencyRatio Of(IReadOnlyList<(double A, double B)> turns)
    {
        if (turns.Count == 0)
        {
            return new LatencyRatio(1, 1, 1, 0);
        }

        var ratios = turns.Select(turn => turn.B / turn.A).Order().ToArray();
        var reach = 0.98 * Math.Sqrt(ratios.Length);
        var low = Math.Max(0, (int)Math.Floor((ratios.Length / 2.0) - reach));
        var high = Math.Min(ratios.Length - 1, (int)Math.Ceiling((ratios.Length / 2.0) + reach));
        return new LatencyRatio(ratios[ratios.Length / 2], ratios[low], ratios[high], ratios.Length);
    }
}
