using FaceEdge.Deploy.LatencyGate.Statistics;
using FaceEdge.Deploy.Telemetry;

namespace FaceEdge.Deploy.FleetView;

/// <summary>The figures of all sites at a moment, by site.</summary>
internal sealed record SiteFigures(
    IReadOnlyDictionary<SiteKey, double> StartTime,
    IReadOnlyDictionary<SiteKey, double> CameraLive,
    IReadOnlyDictionary<SiteKey, double> LatencyP95,
    IReadOnlyDictionary<SiteKey, double> Latency,
    IReadOnlyDictionary<SiteKey, double> FacesPerMinute,
    IReadOnlyDictionary<SiteKey, double> Restarts)
{
    /// <summary>Ten scrapes of a site's agent.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan RestartWindow = TimeSpan.FromHours(1);

    private readonly Dictionary<string, double> _middleLatency = Latency
        .GroupBy(one => one.Key.Environment)
        .ToDictionary(group => group.Key, group => Quantile.Median(group.Select(one => one.Value)), StringComparer.Ordinal);

    /// <summary>Asks for all of them side by side.</summary>
    public static async Task<SiteFigures> ReadAsync(TelemetryReader telemetry, SiteScope scope, DateTimeOffset at, CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(new[]
        {
            SiteQueries.StartTime(scope),
            SiteQueries.CameraLiveNow(scope),
            SiteQueries.LatencyP95(scope, Window),
            SiteQueries.MeanLatency(scope, Window),
            SiteQueries.FacesPerMinute(scope, Window),
            SiteQueries.Restarts(scope, RestartWindow),
        }.Select(query => telemetry.FiguresAsync(query, at, cancellation)));
        return new SiteFigures(answers[0], answers[1], answers[2], answers[3], answers[4], answers[5]);
    }

    /// <summary>A site's latency against the middle site of its environment; null when it has reported none.</summary>
    public double? LatencyRatio(SiteKey site) =>
        Latency.TryGetValue(site, out var own) && _middleLatency[site.Environment] is > 0 and var middle ? own / middle : null;
}
