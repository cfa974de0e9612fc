using System.Text.Json;
using FaceEdge.Deploy.FleetView;
using FaceEdge.Deploy.Prometheus;
using FaceEdge.Deploy.Tests.Prometheus;
using FaceEdge.Deploy.Tests.Promotion;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Telemetry;

/// <summary>
/// An hour's outage by the clock: two sites' agents and a centre, of which one loses its line. It is run by name:
/// <c>dotnet test --project tests/DeployTool.Tests -- --explicit only --show-live-output on --filter-class "*OutageRehearsal"</c>.
/// </summary>
public sealed class OutageRehearsal
{
    private const string CutOff = "cut-off";
    private const string There = "there";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Outage = TimeSpan.FromMinutes(62);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task A_site_cut_off_for_an_hour_is_silent_and_has_its_whole_history_when_it_is_back()
    {
        PrometheusProcess.SkipUnlessInstalled();
        using var repository = await TwoSitesAsync();
        await using var sites = new SimulatedFleet(repository.Remote, "production", [CutOff, There], WatchedFleet.First);
        await using var centre = await PrometheusProcess.CentreAsync("storage: {tsdb: {out_of_order_time_window: 3h}}\n");
        await using var line = new SiteLine(centre.Url);
        await using var cutOff = await PrometheusProcess.AgentAsync(sites.AgentConfiguration(CutOff, line.Url, Interval));
        await using var there = await PrometheusProcess.AgentAsync(sites.AgentConfiguration(There, centre.Url, Interval));
        using var client = new PrometheusClient(PrometheusServer.Create(centre.Url, null), TimeProvider.System);
        await StatesAsync("cut-off current, there current");
        var began = DateTimeOffset.UtcNow;
        await Task.Delay(4 * Interval, Cancellation);

        line.Cut();
        var cut = DateTimeOffset.UtcNow;
        await StatesAsync("cut-off silent, there current");
        RehearsalReport.Line($"silent {(DateTimeOffset.UtcNow - cut).TotalMinutes:0.0} min after the cut");
        await Task.Delay(cut + Outage - DateTimeOffset.UtcNow, Cancellation);
        var silent = (await FleetAsync()).Sites.Single(site => site.Site == CutOff);
        var missing = await LongestGapAsync(CutOff, began, DateTimeOffset.UtcNow);
        line.Restore();
        var back = DateTimeOffset.UtcNow;
        await StatesAsync("cut-off current, there current");
        RehearsalReport.Line($"current {(DateTimeOffset.UtcNow - back).TotalSeconds:0} s after the line was back");
        await UntilAsync(async () => await LongestGapAsync(CutOff, began, back) < 1.5 * Interval);
        RehearsalReport.Line($"its history is whole {(DateTimeOffset.UtcNow - back).TotalSeconds:0} s after that: it lacked {missing.TotalMinutes:0.0} min, and now samples are at most {(await LongestGapAsync(CutOff, began, back)).TotalSeconds:0.0} s apart; the other site's {(await LongestGapAsync(There, began, back)).TotalSeconds:0.0} s");

        Assert.Equal((SiteState.Silent, WatchedFleet.First), (silent.State, silent.Running));
        Assert.InRange(silent.LastSeen!.Value, cut - Interval - Interval, cut);
        Assert.InRange(missing, Outage, Outage + Interval + Interval);

        async Task<FleetReport> FleetAsync()
        {
            var run = await repository.RunAsync("fleet", "--env", "production", "--prometheus", centre.Url, "-o", "json");
            return JsonSerializer.Deserialize(run.Output, DeployToolJson.Default.FleetReport)!;
        }

        Task StatesAsync(string states) => UntilAsync(async () =>
            string.Join(", ", (await FleetAsync()).Sites.OrderBy(site => site.Site, StringComparer.Ordinal).Select(site => $"{site.Site} {site.State.ToString().ToLowerInvariant()}")) == states);

        async Task<TimeSpan> LongestGapAsync(string site, DateTimeOffset from, DateTimeOffset to)
        {
            var series = await client.QueryRangeAsync($"timestamp(faceedge_start_time_seconds{{site=\"{site}\"}})", from, to, TimeSpan.FromSeconds(5), Cancellation);
            double[] at = [from.ToUnixTimeSeconds(), .. series.Single().Points.Select(point => point.Value), to.ToUnixTimeSeconds()];
            return TimeSpan.FromSeconds(at.Zip(at.Skip(1), (one, next) => next - one).Max());
        }
    }

    private static async Task<SitesRepository> TwoSitesAsync()
    {
        var repository = await CreateAsync();
        File.Delete(Path.Combine(repository.Clone, "sites/production/face-detector.yaml"));
        foreach (var name in new[] { CutOff, There })
        {
            repository.Write($"sites/production/{name}/face-detector.yaml", Manifest(WatchedFleet.First));
        }

        await repository.CommitAsync("Two sites");
        await repository.GitAsync("push", "--quiet");
        return repository;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            await Task.Delay(TimeSpan.FromSeconds(5), Cancellation);
        }
    }
}
