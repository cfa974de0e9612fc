using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.LatencyGate.Statistics;
using FaceEdge.Deploy.Prometheus;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Telemetry;

namespace FaceEdge.Deploy.FleetView;

/// <summary>Sets what the sites' series say beside what a commit wants. Git and Prometheus are read side by side.</summary>
internal sealed class FleetReader(GitRepository repository, TelemetryReader telemetry)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan TrendStep = TimeSpan.FromMinutes(15);

    /// <param name="state">What Git wants.</param>
    /// <param name="history">What was promoted.</param>
    /// <param name="environments">The environments to look at.</param>
    /// <param name="site">Name of the one site to look at; null for all.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="PrometheusException">There is no usable answer.</exception>
    /// <exception cref="SitesException">There is no such site, or a manifest cannot be read.</exception>
    public async Task<FleetReport> ReadAsync(
        DesiredState state, PromotionHistory history, IReadOnlyList<SiteEnvironment> environments, string? site, DateTimeOffset now, CancellationToken cancellation)
    {
        var policy = state.Policy.Telemetry;
        var scope = site is null
            ? SiteScope.Of(environments.Select(one => one.Name))
            : new SiteScope($"{SiteScope.Of(environments.Select(one => one.Name)).Matchers}, {PromQl.OneOf(SiteKey.SiteLabel, [site])}");
        var seen = telemetry.SightingsAsync(scope, now, policy.SilentAfter, cancellation);
        var figures = SiteFigures.ReadAsync(telemetry, scope, now, cancellation);
        var trend = telemetry.ReportingAsync(scope, now - Day, now, TrendStep, cancellation);
        var manifests = ReadManifestsAsync(state, environments, site, cancellation);
        var rest = ReadRestAsync(state, manifests, seen, now, cancellation);

        // What failed is thrown where it is read: that there is no such site before that a Prometheus is away.
        await Task.WhenAll(seen, figures, trend, manifests, rest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        var wanted = await manifests;
        var sightings = await seen;
        var (earlier, fresh) = await rest;
        var promoted = environments.ToDictionary(one => one.Name, one => history.Digests(one.Name), StringComparer.Ordinal);
        var (known, reporting) = (await figures, await trend);
        var sites = wanted
            .Select(one => Report(
                one.Key,
                one.Value,
                sightings.GetValueOrDefault(one.Key),
                earlier.GetValueOrDefault(one.Key),
                SiteStateRule.Evaluate(one.Value.Image?.Digest, sightings.GetValueOrDefault(one.Key), promoted[one.Key.Environment], fresh.Contains(one.Value.Path)),
                known))
            .OrderBy(one => one.State)
            .ThenBy(one => one.CameraLive ?? 1)
            .ThenByDescending(one => one.Restarts ?? 0)
            .ThenBy(one => one.Environment, StringComparer.Ordinal)
            .ThenBy(one => one.Site, StringComparer.Ordinal)
            .ToList();
        var byEnvironment = sites.ToLookup(one => one.Environment, StringComparer.Ordinal);
        return new FleetReport(
            now,
            state.Tree.Commit,
            telemetry.Name,
            [.. environments.Where(one => byEnvironment.Contains(one.Name)).Select(one => EnvironmentReport.Of(one.Name, [.. byEnvironment[one.Name]], Trend(reporting, one.Name, now), history.Paused(one.Name)))],
            sites,
            [.. sightings.Keys.Where(key => !wanted.ContainsKey(key)).Select(key => key.ToString()).Order(StringComparer.Ordinal)]);
    }

    /// <summary>What sites that are silent said last, and the manifests that changed not long ago, as far as a site's state depends on either.</summary>
    private async Task<(Dictionary<SiteKey, Sighting> Earlier, HashSet<string> Fresh)> ReadRestAsync(
        DesiredState state, Task<Dictionary<SiteKey, WantedSite>> manifests, Task<Dictionary<SiteKey, Sighting>> seen, DateTimeOffset now, CancellationToken cancellation)
    {
        var (wanted, sightings) = (await manifests, await seen);
        var silent = wanted.Keys.Where(key => !sightings.ContainsKey(key)).ToList();
        var earlier = silent.Count == 0 ? Task.FromResult<Dictionary<SiteKey, Sighting>>([]) : telemetry.LastSightingsAsync(silent, now, cancellation);
        var isUpdateUnderWay = wanted.Any(one => sightings.TryGetValue(one.Key, out var sighting) && sighting.Digest != one.Value.Image?.Digest);
        var fresh = isUpdateUnderWay
            ? RecentChanges.ReadAsync(repository.Git, state.Tree.Commit, now - state.Policy.Telemetry.UpdateWithin, cancellation)
            : Task.FromResult<HashSet<string>>([]);
        await Task.WhenAll(earlier, fresh);
        return (await earlier, await fresh);
    }

    private static async Task<Dictionary<SiteKey, WantedSite>> ReadManifestsAsync(
        DesiredState state, IReadOnlyList<SiteEnvironment> environments, string? site, CancellationToken cancellation)
    {
        var manifests = new Dictionary<SiteKey, WantedSite>();
        var others = new HashSet<string>(StringComparer.Ordinal);
        foreach (var environment in environments)
        {
            foreach (var manifest in await state.ReadSitesAsync(environment, WantedSite.Of, cancellation))
            {
                if (site is null || manifest.Name == site)
                {
                    manifests[new SiteKey(environment.Name, manifest.Name)] = manifest;
                }
                else
                {
                    others.Add(manifest.Name);
                }
            }
        }

        return manifests.Count > 0 ? manifests : throw UnknownName.Site(environments is [var one] ? one.Name : null, site!, others);
    }

    private static SiteReport Report(SiteKey key, WantedSite wanted, Sighting? seen, Sighting? earlier, SiteState state, SiteFigures figures) => new(
        key.Environment,
        key.Site,
        wanted.ImageText,
        (seen ?? earlier)?.Running,
        state,
        (seen ?? earlier)?.At,
        figures.StartTime.TryGetValue(key, out var start) ? DateTimeOffset.FromUnixTimeSeconds((long)start) : null,
        Figure(figures.CameraLive, key, 3),
        Figure(figures.LatencyP95, key, 2),
        Figure(figures.Latency, key, 2),
        figures.LatencyRatio(key) is { } ratio ? Math.Round(ratio, 2) : null,
        Figure(figures.FacesPerMinute, key, 1),
        figures.Restarts.TryGetValue(key, out var restarts) ? (int)restarts : null);

    private static double? Figure(IReadOnlyDictionary<SiteKey, double> figures, SiteKey key, int decimals) =>
        figures.TryGetValue(key, out var figure) ? Math.Round(figure, decimals) : null;

    private static List<int> Trend(IReadOnlyList<Series> series, string environment, DateTimeOffset now)
    {
        var counts = new int[(int)(Day / TrendStep) + 1];
        foreach (var point in series.Where(one => one[SiteKey.EnvironmentLabel] == environment).SelectMany(one => one.Points))
        {
            var step = (int)Math.Round((point.At - (now - Day)) / TrendStep);
            if (step >= 0 && step < counts.Length)
            {
                counts[step] = (int)point.Value;
            }
        }

        return [.. counts];
    }
}

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
        var figures = await Task.WhenAll(new[]
        {
            SiteQueries.StartTime(scope),
            SiteQueries.CameraLiveNow(scope),
            SiteQueries.LatencyP95(scope, Window),
            SiteQueries.MeanLatency(scope, Window),
            SiteQueries.FacesPerMinute(scope, Window),
            SiteQueries.Restarts(scope, RestartWindow),
        }.Select(query => telemetry.FiguresAsync(query, at, cancellation)));
        return new SiteFigures(figures[0], figures[1], figures[2], figures[3], figures[4], figures[5]);
    }

    /// <summary>A site's latency against the middle site of its environment; null when it has reported none.</summary>
    public double? LatencyRatio(SiteKey site) =>
        Latency.TryGetValue(site, out var own) && _middleLatency[site.Environment] is > 0 and var middle ? own / middle : null;
}
