using FaceEdge.Deploy.Prometheus;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Telemetry;

/// <summary>Reads what the sites' series say. The metrics are those of docs/telemetry.md; each question is about a moment, so that all of one report agree.</summary>
internal sealed class TelemetryReader(PrometheusClient prometheus)
{
    private const string BuildInfo = "faceedge_build_info";
    private const string Identity = $"{SiteKey.Labels}, image, version";

    /// <summary>Prometheus looks this far back for a sample unless its lookback delta is set otherwise; a finer grid leaves no gap.</summary>
    private static readonly TimeSpan SilentStep = TimeSpan.FromMinutes(4);

    /// <summary>How far back a silent site is looked for: 2,520 steps a site.</summary>
    private static readonly TimeSpan LongMemory = TimeSpan.FromDays(7);

    /// <summary>And when more than <see cref="FewSites"/> are silent, which is the centre's trouble rather than theirs.</summary>
    private static readonly TimeSpan ShortMemory = TimeSpan.FromHours(6);

    private const int FewSites = 200;

    /// <summary>Steps on which a flapping site is looked for between the moment and <c>silentAfter</c> before it.</summary>
    private const int FlappingSteps = 20;

    /// <summary>What messages call the server.</summary>
    public string Name => prometheus.Name;

    /// <summary>What each site said last, in the time <paramref name="within"/> before a moment.</summary>
    /// <exception cref="PrometheusException">There is no usable answer.</exception>
    public async Task<Dictionary<SiteKey, Sighting>> SightingsAsync(SiteScope scope, DateTimeOffset at, TimeSpan within, CancellationToken cancellation)
    {
        // The newest sample of each series, unless the series ended; those of a service that is just starting again ended and come back.
        var newest = $"max by ({Identity}) (timestamp({BuildInfo}{{{scope.Matchers}}}))";
        var step = TimeSpan.FromSeconds(Math.Max(1, within.TotalSeconds / FlappingSteps));
        var samples = await Task.WhenAll(
            prometheus.QueryAsync(newest, at, cancellation),
            prometheus.QueryAsync(Last(scope, within, step), at, cancellation));
        return Newest(samples.SelectMany(group => group), at - within);
    }

    /// <summary>What sites said last that have been silent for long; those that are not even remembered are left out.</summary>
    /// <exception cref="PrometheusException">There is no usable answer.</exception>
    public async Task<Dictionary<SiteKey, Sighting>> LastSightingsAsync(IReadOnlyCollection<SiteKey> silent, DateTimeOffset at, CancellationToken cancellation)
    {
        var memory = silent.Count <= FewSites ? LongMemory : ShortMemory;
        var samples = await Task.WhenAll(silent.GroupBy(site => site.Environment).Select(group =>
            prometheus.QueryAsync(Last(SiteScope.Of(group.Key, group.Select(site => site.Site)), memory, SilentStep), at, cancellation)));
        return Newest(samples.SelectMany(group => group), DateTimeOffset.MinValue);
    }

    /// <summary>The value of a query of the policy.</summary>
    /// <exception cref="PrometheusException">There is no usable answer.</exception>
    public Task<IReadOnlyList<Sample>> QueryAsync(string query, DateTimeOffset at, CancellationToken cancellation) => prometheus.QueryAsync(query, at, cancellation);

    /// <summary>A figure of each site that has one.</summary>
    /// <param name="query">Answers with one element for each pair of the labels environment and site.</param>
    /// <param name="at">The moment.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <exception cref="PrometheusException">There is no usable answer.</exception>
    public async Task<Dictionary<SiteKey, double>> FiguresAsync(string query, DateTimeOffset at, CancellationToken cancellation)
    {
        var figures = new Dictionary<SiteKey, double>();
        foreach (var sample in await prometheus.QueryAsync(query, at, cancellation))
        {
            if (double.IsFinite(sample.Value))
            {
                figures[SiteKey.Of(sample)] = sample.Value;
            }
        }

        return figures;
    }

    /// <summary>How many sites of each environment reported, over time.</summary>
    /// <exception cref="PrometheusException">There is no usable answer.</exception>
    public async Task<IReadOnlyList<Series>> ReportingAsync(SiteScope scope, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellation) =>
        await prometheus.QueryRangeAsync(
            $"count by ({SiteKey.EnvironmentLabel}) (count by ({SiteKey.Labels}) ({BuildInfo}{{{scope.Matchers}}}))", from, to, step, cancellation);

    private static string Last(SiteScope scope, TimeSpan within, TimeSpan step) =>
        $"max by ({Identity}) (max_over_time(timestamp({BuildInfo}{{{scope.Matchers}}})[{PromQl.Duration(within)}:{PromQl.Duration(step)}]))";

    private static Dictionary<SiteKey, Sighting> Newest(IEnumerable<Sample> samples, DateTimeOffset since)
    {
        var newest = new Dictionary<SiteKey, Sighting>();
        foreach (var sample in samples)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds((long)(sample.Value * 1000));
            var site = SiteKey.Of(sample);
            if (at >= since && (!newest.TryGetValue(site, out var known) || at > known.At))
            {
                newest[site] = new Sighting(sample["image"], sample["version"], at);
            }
        }

        return newest;
    }
}

/// <summary>Finds the telemetry that a policy names, which is known only when the branch that sites pull has been read.</summary>
/// <param name="connect">Makes a client; null when no Prometheus is named.</param>
internal sealed class TelemetrySource(Func<TelemetryPolicy, PrometheusClient?> connect) : IDisposable
{
    private (TelemetryPolicy Policy, PrometheusClient? Client)? _open;

    /// <summary>Reads the telemetry of a policy; null when no Prometheus is named.</summary>
    /// <exception cref="PrometheusException">The address or the token cannot be used.</exception>
    public TelemetryReader? Open(TelemetryPolicy policy)
    {
        if (_open is null || _open.Value.Policy.Prometheus != policy.Prometheus)
        {
            Dispose();
            _open = (policy, connect(policy));
        }

        return _open.Value.Client is { } client ? new TelemetryReader(client) : null;
    }

    public void Dispose() => _open?.Client?.Dispose();
}
