using System.Globalization;
using FaceEdge.Deploy.LatencyGate.Evidence;
using FaceEdge.Deploy.LatencyGate.Statistics;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Telemetry;

/// <summary>
/// One measure of the sites that have an image and of those that do not have it yet, in the same time. Each site is set against its own past first, so
/// that a slow host or a quiet entrance counts for neither side; what the time of day does to all of them the other side shows.
/// </summary>
/// <param name="Check">What is compared, and by how much the image may be worse.</param>
/// <param name="Updated">Of each site with the image: its share of its own past, or its difference from it.</param>
/// <param name="Others">The same of the sites without it.</param>
internal sealed record CanaryComparison(CanaryCheck Check, IReadOnlyList<double> Updated, IReadOnlyList<double> Others)
{
    /// <summary>Below which a p-value is only said to be.</summary>
    private const double Finest = 0.0001;

    private bool IsRatio => Check.Measure is CanaryMeasure.Latency or CanaryMeasure.Faces;

    /// <summary>The least chance of a false alarm at which these many sites could show anything.</summary>
    public double LeastPValue => RankSumTest.LeastPValue(Updated.Count, Others.Count);

    /// <param name="check">What is compared.</param>
    /// <param name="now">The measure by site, in the time of observation.</param>
    /// <param name="past">The same before any site had the image.</param>
    /// <param name="updated">Sites with the image; of more than the test takes, the first.</param>
    /// <param name="others">Sites without it; likewise.</param>
    public static CanaryComparison Of(
        CanaryCheck check, IReadOnlyDictionary<string, double> now, IReadOnlyDictionary<string, double> past, IEnumerable<string> updated, IEnumerable<string> others)
    {
        var comparison = new CanaryComparison(check, [], []);
        return comparison with { Updated = Side(updated), Others = Side(others) };

        // A site without a past of its own is left out.
        List<double> Side(IEnumerable<string> sites) =>
        [
            .. sites
                .Where(site => now.ContainsKey(site) && past.TryGetValue(site, out var then) && (!comparison.IsRatio || then > 0))
                .Select(site => comparison.IsRatio ? now[site] / past[site] : now[site] - past[site])
                .Take(RankSumTest.MaxCount),
        ];
    }

    /// <summary>The chance of such values, were the image worse by the margin at most.</summary>
    public double PValue() => Check.Measure switch
    {
        CanaryMeasure.Latency => RankSumTest.PValueGreater([.. Updated.Select(value => value / (1 + Check.Margin))], Others),
        CanaryMeasure.Faces => RankSumTest.PValueLess([.. Updated.Select(value => value / (1 - Check.Margin))], Others),
        CanaryMeasure.Camera => RankSumTest.PValueLess([.. Updated.Select(value => value + Check.Margin)], Others),
        _ => RankSumTest.PValueGreater([.. Updated.Select(value => value - Check.Margin)], Others),
    };

    /// <summary>The verdict at a chance of a false alarm that is left after adjustment for the other checks.</summary>
    public TelemetryVerdict Judge(double adjusted, double error)
    {
        var (updated, others) = (Quantile.Median(Updated), Quantile.Median(Others));
        var effect = IsRatio
            ? others > 0 ? string.Create(CultureInfo.InvariantCulture, $"× {updated / others:0.00}") : "× ?"
            : string.Create(CultureInfo.InvariantCulture, $"{updated - others:+0.##;-0.##;+0}");
        return new TelemetryVerdict(
            adjusted < error ? GateVerdict.Fail : GateVerdict.Pass,
            string.Create(CultureInfo.InvariantCulture, $"{Check.Name} {effect} of {Others.Count} others (p {(adjusted < Finest ? $"< {Finest}" : $"{adjusted:0.####}")})"));
    }
}
