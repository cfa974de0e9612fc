using System.Text.Json;
using FaceEdge.Deploy.Tests.Commands;
using FaceEdge.Deploy.Tests.Prometheus;
using FaceEdge.Deploy.Tests.Promotion;
using Microsoft.Extensions.Time.Testing;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.FleetView;

/// <summary>The command <c>fleet</c> against a real Prometheus that holds series of known sites.</summary>
public sealed class FleetTests
{
    private static readonly string Old = Pinned("0.1.0", '0');
    private static readonly string New = Pinned("1.0.0", 'a');
    private static readonly string Stranger = Pinned("6.6.6", '6');

    private readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30 * 30);

    [Fact]
    public async Task Each_site_is_shown_in_its_state_worst_first()
    {
        PrometheusProcess.SkipUnlessInstalled();
        using var sites = await SixSitesAsync();
        await using var prometheus = await PrometheusProcess.HoldingAsync(SixSites(_now + TimeSpan.FromHours(2)));

        var soon = await FleetAsync(sites, prometheus.Url, _now + TimeSpan.FromMinutes(15));
        var late = await FleetAsync(sites, prometheus.Url, _now + TimeSpan.FromHours(2));

        Assert.Equal((1, 1), (soon.Status, late.Status));
        Assert.Equal(["wrong stranger", "silent cut-off", "silent never", "updating old", "current dark", "current well"], States(soon));
        Assert.Equal(["wrong stranger", "silent cut-off", "silent never", "behind old", "current dark", "current well"], States(late));
        var counts = Json(late).GetProperty("environments")[2];
        Assert.Equal(
            ("production", 6, 2, 0, 1, 1, 2),
            (counts.GetProperty("name").GetString(), Count("sites"), Count("current"), Count("updating"), Count("behind"), Count("wrong"), Count("silent")));
        int Count(string name) => counts.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task A_site_shows_what_runs_since_when_and_how_it_does_against_others()
    {
        PrometheusProcess.SkipUnlessInstalled();
        using var sites = await SixSitesAsync();
        await using var prometheus = await PrometheusProcess.HoldingAsync(SixSites(_now + TimeSpan.FromMinutes(20)));

        var run = await FleetAsync(sites, prometheus.Url, _now + TimeSpan.FromMinutes(20));

        var old = Site(run, "old");
        Assert.Equal((New, Old), (old.GetProperty("wanted").GetString(), old.GetProperty("running").GetString()));
        Assert.Equal(_now + TimeSpan.FromMinutes(20), old.GetProperty("lastSeen").GetDateTimeOffset());
        Assert.Equal(40, old.GetProperty("latencyMilliseconds").GetDouble(), 0.1);
        Assert.Equal(4, old.GetProperty("latencyRatio").GetDouble(), 0.01);
        Assert.InRange(old.GetProperty("latencyP95Milliseconds").GetDouble(), 32, 64);
        Assert.Equal(30, old.GetProperty("facesPerMinute").GetDouble(), 0.1);
        Assert.Equal(0, Site(run, "dark").GetProperty("cameraLive").GetDouble());
        Assert.Equal(_now, Site(run, "cut-off").GetProperty("lastSeen").GetDateTimeOffset());
        Assert.Equal(New, Site(run, "cut-off").GetProperty("running").GetString());
        Assert.Equal(JsonValueKind.Null, Site(run, "never").GetProperty("lastSeen").ValueKind);
        Assert.Equal("production/retired", Json(run).GetProperty("unknownSites")[0].GetString());
    }

    [Fact]
    public async Task A_site_that_was_cut_off_days_ago_is_remembered()
    {
        PrometheusProcess.SkipUnlessInstalled();
        using var sites = await SixSitesAsync();
        await using var prometheus = await PrometheusProcess.HoldingAsync(SixSites(_now));

        var run = await FleetAsync(sites, prometheus.Url, _now + TimeSpan.FromDays(3), "--site", "cut-off");

        Assert.Equal(["silent cut-off"], States(run));
        Assert.Equal(_now, Site(run, "cut-off").GetProperty("lastSeen").GetDateTimeOffset());
    }

    [Fact]
    public async Task Every_site_current_is_exit_code_0_and_a_summary_alone()
    {
        PrometheusProcess.SkipUnlessInstalled();
        using var sites = await CreateAsync();
        var series = new SeriesText(_now - TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(30));
        foreach (var environment in new[] { "qa", "uat", "production" })
        {
            series.Site(environment, environment, Old, _now);
        }

        await using var prometheus = await PrometheusProcess.HoldingAsync(series.ToString());

        var run = await RunAsync(sites, _now, "fleet", "--prometheus", prometheus.Url);

        Assert.Equal(0, run.Status);
        Assert.Matches(@"production +1 +1 +0 +0 +0 +0", run.Output);
    }

    [Fact]
    public async Task A_pause_is_reported_with_who_when_and_why_until_it_is_over()
    {
        PrometheusProcess.SkipUnlessInstalled();
        using var sites = await CreateAsync();
        await using var prometheus = await PrometheusProcess.HoldingAsync(new SeriesText(_now, TimeSpan.FromSeconds(30)).Site("qa", "qa", Old, _now).ToString());
        await sites.RunAsync("rollout", "--pause", "stocktaking", "--env", "qa", "-q");

        var table = await RunAsync(sites, _now, "fleet", "--prometheus", prometheus.Url);
        var json = await FleetAsync(sites, prometheus.Url, _now);
        await sites.RunAsync("rollout", "--resume", "--env", "qa", "-q");
        var over = await RunAsync(sites, _now, "fleet", "--prometheus", prometheus.Url);

        Assert.Matches(@"Operator paused qa on [0-9-]+ [0-9:]+ UTC: stocktaking \(deploy-tool rollout --resume --env qa ends it\)", table.Output);
        var paused = Json(json).GetProperty("environments").EnumerateArray().Select(environment => environment.GetProperty("paused")).ToList();
        Assert.Equal(("qa", "Operator", "stocktaking"), (Text("subject"), Text("by"), Text("reason")));
        Assert.Equal([JsonValueKind.Null, JsonValueKind.Null], paused[1..].Select(one => one.ValueKind));
        Assert.DoesNotContain("paused", over.Output, StringComparison.Ordinal);

        string? Text(string name) => paused[0].GetProperty(name).GetString();
    }

    [Fact]
    public async Task The_page_holds_every_site_and_asks_for_nothing_outside()
    {
        PrometheusProcess.SkipUnlessInstalled();
        using var sites = await SixSitesAsync();
        await using var prometheus = await PrometheusProcess.HoldingAsync(SixSites(_now));
        var page = Path.Combine(sites.Folder, "fleet.html");

        var run = await FleetAsync(sites, prometheus.Url, _now, "--html", page);

        Assert.Equal(1, run.Status);
        var html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Assert.Equal(8, html.Split("<tr class=").Length - 1);
        Assert.DoesNotMatch("(?:src|href)=", html);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "error: http://127.0.0.1:1 is away: ")]
    [InlineData("ftp://x", "error: 'ftp://x' is no http address of a Prometheus: write for example https://prometheus.example.com")]
    public async Task A_prometheus_that_cannot_be_asked_is_reported_in_words(string url, string said)
    {
        using var sites = await CreateAsync();

        var run = await sites.RunAsync("fleet", "--prometheus", url);

        Assert.Equal(url.StartsWith("http:", StringComparison.Ordinal) ? 3 : 2, run.Status);
        Assert.StartsWith(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_prometheus_the_three_ways_to_name_one_are_said()
    {
        using var sites = await CreateAsync();

        var run = await sites.RunAsync("fleet");

        Assert.Equal(2, run.Status);
        Assert.Equal(
            "error: no Prometheus is named: give --prometheus URL, set DEPLOY_TOOL_PROMETHEUS, or write telemetry.prometheus into sites/environments.yaml", run.Error);
    }

    [Fact]
    public async Task The_policy_names_the_prometheus()
    {
        using var sites = await CreateAsync();
        sites.Write("sites/environments.yaml", sites.Read("sites/environments.yaml") + "telemetry: {prometheus: 'http://127.0.0.1:1'}\n");
        await sites.CommitAsync("Name the Prometheus");

        var run = await sites.RunAsync("fleet");

        Assert.Equal(3, run.Status);
        Assert.Contains("http://127.0.0.1:1 is away", run.Error);
    }

    /// <summary>Six sites of production, all to run <see cref="New"/> since now.</summary>
    private static async Task<SitesRepository> SixSitesAsync()
    {
        var sites = await CreateAsync();
        File.Delete(Path.Combine(sites.Clone, "sites/production/face-detector.yaml"));
        foreach (var name in new[] { "well", "dark", "old", "stranger", "cut-off", "never" })
        {
            sites.Write($"sites/production/{name}/face-detector.yaml", Manifest(Old));
        }

        await sites.CommitAsync("Six sites");
        await sites.GitAsync("push", "--quiet");
        await sites.PromoteAsync("qa", New);
        await sites.PromoteAsync("uat", null);
        await sites.PromoteAsync("production", null);
        return sites;
    }

    /// <summary>What they report: one never reported, one is cut off now, and one more is not in Git.</summary>
    private string SixSites(DateTimeOffset to) => new SeriesText(_now - TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(30))
        .Site("production", "well", New, to)
        .Site("production", "dark", New, to, live: 0)
        .Site("production", "old", Old, to, latency: 0.040)
        .Site("production", "stranger", Stranger, to)
        .Site("production", "cut-off", New, _now)
        .Site("production", "retired", New, to)
        .ToString();

    private static Task<Invocation> FleetAsync(SitesRepository sites, string url, DateTimeOffset now, params string[] more) =>
        RunAsync(sites, now, ["fleet", "--prometheus", url, "-o", "json", .. more]);

    private static Task<Invocation> RunAsync(SitesRepository sites, DateTimeOffset now, params string[] args) =>
        Invocation.RunAsync(Program.CreateCommands(), args, sites.Clone, new FakeTimeProvider(now));

    private static JsonElement Json(Invocation run) => JsonDocument.Parse(run.Output).RootElement;

    private static IEnumerable<string> States(Invocation run) => Json(run).GetProperty("sites").EnumerateArray()
        .Where(site => site.GetProperty("environment").GetString() == "production")
        .Select(site => $"{site.GetProperty("state").GetString()} {site.GetProperty("site").GetString()}");

    private static JsonElement Site(Invocation run, string name) =>
        Json(run).GetProperty("sites").EnumerateArray().Single(site => site.GetProperty("site").GetString() == name);
}
