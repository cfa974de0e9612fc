using System.Globalization;
using System.Text.Json;
using FaceEdge.Deploy.Tests.Commands;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Promotion.Rollout;

public sealed class RolloutTests
{
    private const string Waves = """
        version: 1
        rollouts:
          - environment: production
            waves:
              - { name: canary, labels: [ring=canary] }
              - { name: tenth, percent: 10 }
              - { name: all, percent: 100 }
        """;

    private static readonly string A = Pinned("1.0.0", 'a');
    private static readonly string B = Pinned("2.0.0", 'b');

    [Fact]
    public async Task A_rollout_goes_wave_by_wave_each_after_the_checks_of_the_one_before()
    {
        using var sites = await FleetAsync(30, canaries: 2);

        var first = await RolloutAsync(sites);
        var tooSoon = await RolloutAsync(sites);
        var second = await RolloutAsync(sites, Checks(sites, ToCheck(first), A));
        var third = await RolloutAsync(sites, Checks(sites, ToCheck(second), A));
        var done = await RolloutAsync(sites);

        Assert.Equal([0, 1, 0, 0, 0], new[] { first, tooSoon, second, third, done }.Select(run => run.Status));
        Assert.Equal(["site-0000", "site-0001"], ToCheck(first));
        Assert.Contains("0 of 2 sites checked", tooSoon.Output);
        Assert.Equal(3, ToCheck(second).Count);
        Assert.Contains("nothingToDo", done.Output);
        Assert.Contains("Rollout-Wave: 3/3 all", await sites.RemoteMessageAsync());
        Assert.Equal(30, await HavingAsync(sites, A));
    }

    [Fact]
    public async Task A_failed_check_stops_the_rollout()
    {
        using var sites = await FleetAsync(10, canaries: 2);
        var first = await RolloutAsync(sites);

        var run = await RolloutAsync(sites, [.. Checks(sites, ["site-0000"], A), .. Checks(sites, ["site-0001"], A, "fail")]);

        Assert.Equal((0, 1), (first.Status, run.Status));
        Assert.Contains("site-0001", run.Output);
        Assert.Equal(2, await HavingAsync(sites, A));
    }

    [Fact]
    public async Task The_checks_of_the_last_wave_are_judged_when_every_site_has_the_image()
    {
        using var sites = await FleetAsync(2, canaries: 0, waves: "version: 1\nrollouts: [{environment: production, waves: [{name: all}]}]\n");
        await RolloutAsync(sites);

        var unasked = await RolloutAsync(sites);
        var one = await RolloutAsync(sites, Checks(sites, ["site-0000"], A));
        var failed = await RolloutAsync(sites, [.. Checks(sites, ["site-0000"], A), .. Checks(sites, ["site-0001"], A, "fail")]);
        var all = await RolloutAsync(sites, Checks(sites, ["site-0000", "site-0001"], A));

        Assert.Equal([0, 1, 1, 0], new[] { unasked, one, failed, all }.Select(run => run.Status));
        Assert.Contains("check-site says no at site-0001", failed.Output);
    }

    [Fact]
    public async Task A_rollout_under_way_goes_on_with_its_image_though_a_newer_one_waits()
    {
        using var sites = await FleetAsync(10, canaries: 1);
        var first = await RolloutAsync(sites);
        await sites.PromoteAsync("qa", B);
        await sites.PromoteAsync("uat", null);

        var second = await RolloutAsync(sites, Checks(sites, ToCheck(first), A));

        Assert.Equal(0, second.Status);
        Assert.Contains(A, await sites.RemoteMessageAsync());
    }

    [Fact]
    public async Task A_rollout_can_be_rolled_back_halfway()
    {
        using var sites = await FleetAsync(10, canaries: 3);
        await RolloutAsync(sites);

        var back = await sites.RunAsync("rollback", "--env", "production", "--skip-image-check", "--quiet");
        var again = await RolloutAsync(sites);

        Assert.Equal((0, 1), (back.Status, again.Status));
        Assert.Equal(0, await HavingAsync(sites, A));
        Assert.Contains("rolled-back", again.Output);
    }

    [Fact]
    public async Task A_first_rollout_whose_first_wave_has_no_sites_can_be_rolled_back()
    {
        using var sites = await FleetAsync(2, canaries: 0);
        await RolloutAsync(sites);

        var back = await sites.RunAsync("rollback", "--env", "production", "--skip-image-check", "--quiet");

        Assert.Equal(0, back.Status);
        Assert.Equal(2, await HavingAsync(sites, Pinned("0.1.0", '0')));
    }

    [Fact]
    public async Task Promote_leaves_a_fleet_with_waves_to_rollout()
    {
        using var sites = await FleetAsync(3, canaries: 1);

        var run = await sites.PromoteAsync("production", null);

        Assert.Equal(1, run.Status);
        Assert.Contains("deploy-tool rollout --env production", run.Output);
    }

    [Theory]
    [InlineData("version: 1\nrollouts: [{environment: production, waves: [{name: half, percent: 50}]}]\n", "the last wave must take every site")]
    [InlineData("version: 1\nrollouts: [{environment: production, waves: [{name: x, percent: 100, label: [a=b]}]}]\n", "label is not known")]
    [InlineData("version: 1\nrollouts: [{environment: production, waves: [{name: x, labels: [a]}]}]\n", "must be key=value")]
    public async Task A_faulty_rollout_file_is_wrong_input_with_its_place(string text, string why)
    {
        using var sites = await FleetAsync(3, canaries: 1, waves: text);

        var run = await RolloutAsync(sites);

        Assert.Equal(2, run.Status);
        Assert.Matches(@"^error: sites/rollout\.yaml:\d+:\d+: ", run.Error);
        Assert.Contains(why, run.Error);
    }

    [Fact]
    public async Task A_thousand_sites_are_planned_and_written_in_one_commit()
    {
        using var sites = await FleetAsync(1000, canaries: 0, waves: "version: 1\nrollouts: [{environment: production, waves: [{name: all}]}]\n");

        var run = await RolloutAsync(sites);

        Assert.Equal(0, run.Status);
        Assert.Equal(1000, await HavingAsync(sites, A));
        Assert.Equal("", await sites.GitAsync("status", "--porcelain"));
    }

    /// <summary>A repository whose production has so many sites, and whose uat has A.</summary>
    private static async Task<SitesRepository> FleetAsync(int count, int canaries, string waves = Waves)
    {
        var sites = await CreateAsync();
        File.Delete(Path.Combine(sites.Clone, "sites/production/face-detector.yaml"));
        for (var i = 0; i < count; i++)
        {
            var name = i.ToString("'site-'0000", CultureInfo.InvariantCulture);
            sites.Write($"sites/production/{name}/face-detector.yaml", Manifest(Pinned("0.1.0", '0'), $", site: {name}{(i < canaries ? ", ring: canary" : "")}"));
        }

        sites.Write("sites/rollout.yaml", waves);
        await sites.CommitAsync("Add the fleet");
        await sites.GitAsync("push", "--quiet");
        await sites.PromoteAsync("qa", A);
        await sites.PromoteAsync("uat", null);
        return sites;
    }

    private static Task<Invocation> RolloutAsync(SitesRepository sites, params string[] evidence) =>
        sites.RunAsync(["rollout", "--env", "production", "--skip-image-check", "-q", "-o", "json", .. evidence.Length == 0 ? [] : new[] { "--evidence" }, .. evidence]);

    private static List<string> ToCheck(Invocation run) =>
        [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("toCheck").EnumerateArray().Select(site => site.GetString()!)];

    private static string[] Checks(SitesRepository sites, IEnumerable<string> names, string image, string verdict = "pass") =>
        [.. names.Select(name =>
        {
            var path = Path.Combine(sites.Folder, $"{name}-{verdict}.json");
            File.WriteAllText(path, $$"""
                {"kind":"site-check","subject":{"image":"{{image}}"},"verdict":"{{verdict}}","summary":"checked","numbers":{},
                 "measuredAt":"2026-11-20T10:00:00Z","environment":"production","site":"{{name}}"}
                """);
            return path;
        })];

    private static async Task<int> HavingAsync(SitesRepository sites, string image) =>
        (await new FaceEdge.Deploy.Git.GitProcess(sites.Remote).TryAsync(CancellationToken.None, "grep", "-l", "--fixed-strings", image, "main", "--", "sites/production"))
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
}
