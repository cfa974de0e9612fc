using FaceEdge.Deploy.Prometheus;

namespace FaceEdge.Deploy.Telemetry;

/// <summary>The figures of a site as queries, over a time that ends at the moment asked about.</summary>
internal static class SiteQueries
{
    private const string By = $"by ({SiteKey.Labels})";

    /// <summary>The stage that is a frame's whole detection.</summary>
    private const string Total = "stage=\"total\"";

    /// <summary>Milliseconds that detection took on average: a sum over a count is exact, where buckets an octave wide are not.</summary>
    public static string MeanLatency(SiteScope scope, TimeSpan window) =>
        $"1000 * sum {By} (rate(faceedge_stage_seconds_sum{{{scope.Matchers}, {Total}}}[{PromQl.Duration(window)}])) / "
        + $"sum {By} (rate(faceedge_stage_seconds_count{{{scope.Matchers}, {Total}}}[{PromQl.Duration(window)}]))";

    /// <summary>Milliseconds that detection took for 95 of 100 frames, interpolated in buckets.</summary>
    public static string LatencyP95(SiteScope scope, TimeSpan window) =>
        $"1000 * histogram_quantile(0.95, sum by ({SiteKey.Labels}, le) (rate(faceedge_stage_seconds_bucket{{{scope.Matchers}, {Total}}}[{PromQl.Duration(window)}])))";

    /// <summary>Share of the time, over all cameras, in which they sent frames.</summary>
    public static string CameraLive(SiteScope scope, TimeSpan window) =>
        $"avg {By} (avg_over_time(faceedge_camera_live{{{scope.Matchers}}}[{PromQl.Duration(window)}]))";

    /// <summary>Share of the cameras that send frames now.</summary>
    public static string CameraLiveNow(SiteScope scope) => $"avg {By} (faceedge_camera_live{{{scope.Matchers}}})";

    public static string Restarts(SiteScope scope, TimeSpan window) =>
        $"sum {By} (changes(faceedge_start_time_seconds{{{scope.Matchers}}}[{PromQl.Duration(window)}]))";

    public static string FacesPerMinute(SiteScope scope, TimeSpan window) =>
        $"60 * sum {By} (rate(faceedge_faces_found_total{{{scope.Matchers}}}[{PromQl.Duration(window)}]))";

    /// <summary>When the service started, in seconds since 1970.</summary>
    public static string StartTime(SiteScope scope) => $"max {By} (faceedge_start_time_seconds{{{scope.Matchers}}})";
}

/// <summary>Which sites a query is about: the matchers between the braces of a selector.</summary>
internal sealed record SiteScope(string Matchers)
{
    /// <summary>Every site of these environments.</summary>
    public static SiteScope Of(IEnumerable<string> environments) => new(PromQl.OneOf(SiteKey.EnvironmentLabel, environments));

    /// <summary>These sites of one environment.</summary>
    public static SiteScope Of(string environment, IEnumerable<string> sites) =>
        new($"{SiteKey.EnvironmentLabel}={PromQl.Quote(environment)}, {PromQl.OneOf(SiteKey.SiteLabel, sites)}");
}
