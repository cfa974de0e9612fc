using FaceEdge.Deploy.Tests.FleetView;
using FaceEdge.Deploy.Tests.Prometheus;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Telemetry;

/// <summary>
/// One Prometheus with an environment for each kind of release: four sites got it at <see cref="Given"/>, twenty did not. Hosts differ in speed by a factor of four.
/// </summary>
public sealed class JudgedSites : IAsyncLifetime
{
    public static readonly string Old = Pinned("1.0.0", '1');
    public static readonly string New = Pinned("2.0.0", '2');

    public static readonly IReadOnlyList<string> Updated = [.. Enumerable.Range(0, 4).Select(i => $"updated-{i}")];
    public static readonly IReadOnlyList<string> Others = [.. Enumerable.Range(0, 20).Select(i => $"other-{i}")];

    private static readonly TimeSpan Past = TimeSpan.FromMinutes(12);
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(40);

    private PrometheusProcess? _prometheus;

    public DateTimeOffset Given { get; } = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30 * 30) - Length;

    public string Url => _prometheus!.Url;

    public async ValueTask InitializeAsync()
    {
        PrometheusProcess.SkipUnlessInstalled();
        var series = new SeriesText(Given - Past, TimeSpan.FromSeconds(30));
        Add(series, "good");
        Add(series, "slow", slowness: 1.25);
        Add(series, "hardly-slower", slowness: 1.05);
        Add(series, "dark", live: 0);
        Add(series, "blind", faces: 0);
        Add(series, "crashing", life: TimeSpan.FromMinutes(2));
        Add(series, "late", late: 2);
        Add(series, "cut-off", cutOff: 1);
        _prometheus = await PrometheusProcess.HoldingAsync(series.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (_prometheus is not null)
        {
            await _prometheus.DisposeAsync();
        }
    }

    /// <param name="series">Where to.</param>
    /// <param name="environment">Named after the release.</param>
    /// <param name="slowness">Factor on the latency of sites with the release.</param>
    /// <param name="live">Share of their cameras.</param>
    /// <param name="faces">Factor on their faces.</param>
    /// <param name="life">How long their service lives.</param>
    /// <param name="late">How many of them still run the old image for 25 minutes.</param>
    /// <param name="cutOff">How many of them report nothing after 15 minutes.</param>
    private void Add(SeriesText series, string environment, double slowness = 1, double live = 1, double faces = 1, TimeSpan? life = null, int late = 0, int cutOff = 0)
    {
        var end = Given + Length;
        foreach (var (number, site) in Updated.Concat(Others).Index())
        {
            var (latency, traffic) = (0.005 * (1 + (number % 4)), 10.0 + (10 * number));
            var comes = Others.Contains(site) ? end : number < late ? Given + TimeSpan.FromMinutes(25) : Given;
            var goes = number < cutOff ? Given + TimeSpan.FromMinutes(15) : end;
            series.Site(environment, site, Old, comes == end ? end : comes - TimeSpan.FromSeconds(30), latency, 1, traffic);
            if (comes < goes)
            {
                series.Site(environment, site, New, goes, latency * slowness, live, traffic * faces, comes, life);
            }
        }
    }
}
