using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FaceEdge.Deploy.Tests.Prometheus;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Telemetry;

/// <summary>
/// Whole rollouts over sites that cannot be dialled: an agent process a site, a centre, two real services. They take minutes, and are run by name: <c>dotnet test --project tests/DeployTool.Tests -- --explicit only --show-live-output on --filter-class "*FleetRehearsal"</c>.
/// </summary>
public sealed class FleetRehearsal
{
    private const int Count = 40;

    public static TheoryData<string> Releases => ["slow", "crashing", "camera dead", "blind", "good"];

    [Theory(Explicit = true)]
    [MemberData(nameof(Releases))]
    public async Task Forty_agents_and_two_real_services_let_a_good_release_through_and_a_bad_one_no_further_than_the_first_wave(string kind)
    {
        PrometheusProcess.SkipUnlessInstalled();
        var release = Pinned("1.0.0", 'a');
        await using var fleet = await WatchedFleet.CreateAsync(Count, observe: "20s", isScraped: false);
        fleet.Sites.Behave(release, Simulated(kind));
        var real = fleet.Sites.Sites.Values.Take(2).Select(site => new RealSite(site, image => image == release ? Real(kind) : Real("good"))).ToList();
        var agents = await Task.WhenAll(fleet.Sites.Sites.Keys.Select((name, number) => PrometheusProcess.AgentAsync(
            number < real.Count
                ? fleet.Sites.AgentConfiguration(name, fleet.Prometheus.Url, TimeSpan.FromSeconds(1), real[number].Address, "/metrics")
                : fleet.Sites.AgentConfiguration(name, fleet.Prometheus.Url, TimeSpan.FromSeconds(1)))));
        try
        {
            await fleet.OfferAsync(release, TimeSpan.FromSeconds(30));
            var started = Stopwatch.GetTimestamp();

            var run = await fleet.WatchAsync();

            var page = Path.Combine(fleet.Repository.Folder, "fleet.html");
            var view = await fleet.Repository.RunAsync("fleet", "--fetch", "--env", WatchedFleet.Environment, "--prometheus", fleet.Prometheus.Url, "--html", page);
            RehearsalReport.Line($"{kind}: exit {run.Status} after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s; {fleet.Sites.EverRan(release)} of {Count} sites ever ran it");
            RehearsalReport.Line($"agents: {agents.Sum(agent => Resident(agent.Id)) / agents.Length >> 20} MB resident each; centre {Resident(fleet.Prometheus.Id) >> 20} MB");
            RehearsalReport.Line(JsonDocument.Parse(run.Output).RootElement.GetProperty("reason").GetString()!);
            RehearsalReport.Line(view.Output);
            RehearsalReport.Keep(page, $"fleet-{kind.Replace(' ', '-')}.html");
            Assert.True(run.Status == (kind == "good" ? 0 : 1), run.Error);
            Assert.Equal(kind == "good" ? Count : 4, fleet.Sites.EverRan(release));
            Assert.Equal(kind == "good" ? Count : 0, await fleet.GivenAsync(release));
        }
        finally
        {
            foreach (var agent in agents)
            {
                await agent.DisposeAsync();
            }

            foreach (var site in real)
            {
                await site.DisposeAsync();
            }
        }
    }

    [Fact(Explicit = true)]
    public async Task Thirty_good_rollouts_are_all_let_through()
    {
        PrometheusProcess.SkipUnlessInstalled();
        await using var fleet = await WatchedFleet.CreateAsync(Count);
        var (random, stops) = (new Random(30), 0);
        for (var number = 1; number <= 30; number++)
        {
            var release = $"{Image}:1.0.{number}@sha256:{number:x64}";
            fleet.Sites.Behave(release, new ReleaseBehaviour(Slowness: 0.97 + (0.06 * random.NextDouble())));
            await fleet.OfferAsync(release);

            var run = await fleet.WatchAsync("--undecided-after", "3m");

            stops += run.Status == 0 ? 0 : 1;
            RehearsalReport.Line($"{number}: exit {run.Status}{(run.Status == 0 ? "" : $", {run.Output}")}");
        }

        Assert.Equal(0, stops);
    }

    private static ReleaseBehaviour Simulated(string kind) => kind switch
    {
        "slow" => new ReleaseBehaviour(Slowness: 1.5),
        "crashing" => new ReleaseBehaviour(CrashesEvery: TimeSpan.FromSeconds(5)),
        "camera dead" => new ReleaseBehaviour(IsCameraDead: true),
        "blind" => new ReleaseBehaviour(IsBlind: true),
        _ => ReleaseBehaviour.Good,
    };

    /// <summary>The same of the real service, by its settings.</summary>
    private static Dictionary<string, string> Real(string kind) => kind switch
    {
        "slow" => new() { ["Detector__InputSide"] = "640" },
        "crashing" => new() { ["crash"] = "5" },
        "camera dead" => new() { ["RTSP_URL"] = "rtsp://127.0.0.1:9/dead" },
        "blind" => new() { ["Detector__Threshold"] = "0.99" },
        _ => [],
    };

    private static long Resident(int process) =>
        long.Parse(File.ReadAllText($"/proc/{process}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
}
