using System.Runtime.CompilerServices;
using FaceEdge.Tests.Web;

namespace FaceEdge.Tests.Telemetry;

/// <summary>A site's agent and a centre, two real Prometheus processes, with the configuration of the manifests.</summary>
public sealed class SiteAgentTests : IDisposable
{
    private const string Site = """{environment="production", site="berlin-01"}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceedge-telemetry-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact(Timeout = 600_000)]
    public async Task The_configuration_of_the_manifests_is_one_that_Prometheus_takes()
    {
        Promtool.SkipIfAbsent();
        var file = Path.Combine(Folder("check"), "agent.yaml");
        await File.WriteAllTextAsync(file, SiteAgent.Configuration, Cancellation);

        var (exitCode, output) = await Promtool.RunAsync("", "check", "config", "--agent", file);

        Assert.True(exitCode == 0, output);
    }

    [Fact(Timeout = 600_000)]
    public async Task Without_its_token_the_agent_waits_and_with_it_the_site_sends_what_rules_and_dashboards_use()
    {
        Promtool.SkipIfAbsent();
        await using var service = await RunningService.StartAsync("--Site:Image=registry.example.com/face-detector:1");
        await service.FrameAsync();
        using var centre = new Centre(Folder("centre"));
        await RunningService.UntilAsync(async () => (await centre.QueryAsync("vector(1)")).Count > 0);
        using var agent = SiteAgent.Start(Folder("agent"), service.Client.BaseAddress!, centre.Address);

        // Two more scrapes of the service, each of which the agent would have sent.
        var scraped = await service.MetricAsync("faceedge_frames_received_total");
        await RunningService.UntilAsync(async () => await service.MetricAsync("faceedge_frames_received_total") > scraped + 45);
        Assert.True(agent.IsRunning);
        Assert.Empty(await centre.QueryAsync("{site!=\"\"}"));

        await File.WriteAllTextAsync(agent.Token, "0123456789abcdef", Cancellation);
        // What one scrape shows may come in several pieces: after three scrapes the first one's are all there.
        await RunningService.UntilAsync(async () => (await centre.QueryAsync($"count_over_time(faceedge_face_score_count{Site}[10m]) >= 3")).Count > 0);

        var series = (await centre.QueryAsync(Site)).Where(one => !IsOfTheCentre(one.Labels["__name__"])).ToList();
        var sent = series.Select(one => Shown(one.Labels)).Order(StringComparer.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(Beside("sent.txt"), Cancellation), string.Concat(sent.Select(line => line + "\n")));
        Assert.Equal(
            TelemetryQueries.All.SelectMany(one => TelemetryQueries.Metrics(one.Query)).Except(TelemetryQueries.Recorded).Except(["ALERTS", "faceedge_wanted_image_info"]).Distinct().Order(StringComparer.Ordinal),
            series.Select(one => one.Labels["__name__"]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact(Timeout = 600_000)]
    public async Task What_the_agent_scraped_while_the_centre_was_away_comes_in_when_it_is_back()
    {
        Promtool.SkipIfAbsent();
        await using var service = await RunningService.StartAsync();
        await service.FrameAsync();
        using var centre = new Centre(Folder("centre"));
        using var agent = SiteAgent.Start(Folder("agent"), service.Client.BaseAddress!, centre.Address);
        await File.WriteAllTextAsync(agent.Token, "0123456789abcdef", Cancellation);
        await RunningService.UntilAsync(async () => (await centre.QueryAsync("faceedge_start_time_seconds" + Site)).Count > 0);

        centre.GoAway();
        var from = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var seen = await service.MetricAsync("faceedge_frames_received_total");
        await RunningService.UntilAsync(async () => await service.MetricAsync("faceedge_frames_received_total") > seen + 60);
        var to = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        centre.ComeBack();

        await RunningService.UntilAsync(async () => (await centre.QueryAsync($"max_over_time(timestamp(faceedge_start_time_seconds{Site})[1m:1s]) > {to}")).Count > 0);
        var during = await centre.QueryAsync($"count_over_time(faceedge_start_time_seconds{Site}[{to - from}s] @ {to})");
        Assert.InRange(during.Single().Value, 2, to - from + 1);
    }

    /// <summary>Name and labels; the port of the test's own and the names of the site left out.</summary>
    private static string Shown(IReadOnlyDictionary<string, string> labels) => labels["__name__"] + "{" + string.Join(
        ",", labels.Where(one => one.Key is not ("__name__" or "site" or "environment" or "instance")).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => IsOfTheBuild(one.Key) ? one.Key : $"{one.Key}={one.Value}")) + "}";

    /// <summary>What the centre's own rules make of what was sent.</summary>
    private static bool IsOfTheCentre(string name) => name.Contains(':', StringComparison.Ordinal) || name.StartsWith("ALERTS", StringComparison.Ordinal);

    private static bool IsOfTheBuild(string label) => label is "version" or "commit" or "model" or "model_sha256" or "architecture";

    private string Folder(string name) => _folder.CreateSubdirectory(name).FullName;

    private static string Beside(string file, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, file);
}
