using System.Text.Json;
using FaceEdge.Deploy.Tests.Commands;
using FaceEdge.Deploy.Tests.Prometheus;
using FaceEdge.Deploy.Tests.Telemetry;
using FaceEdge.Tests.Forges;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.PullRequests;

/// <summary><c>rollout --watch --pull-request</c>: each step waits for its merge. Explicit, since a look at the host is every 15 s.</summary>
public sealed class WatchedPullRequestTests
{
    private const int Count = 12;
    private static readonly string Release = Pinned("1.0.0", 'a');

    [Fact(Explicit = true)]
    public async Task A_good_release_reaches_every_site_by_a_merge_for_each_wave()
    {
        PrometheusProcess.SkipUnlessInstalled();
        await using var fleet = await WatchedFleet.CreateAsync(Count);
        await using var forge = await HostAsync(fleet);
        forge.WhenRead = pull => forge.Merge(pull.Number, MergeMethod.Squash);
        await fleet.OfferAsync(Release);

        var run = await WatchAsync(fleet);

        Assert.True(run.Status == 0, run.Error + run.Output);
        Assert.Equal(Count, await fleet.GivenAsync(Release));
        Assert.Equal("Find 1.0.0 good in production", forge.Pulls[^1].Title);
        Assert.All(forge.Pulls, pull => Assert.Equal("deploy-tool/rollout/production", pull.Branch));
        Assert.Equal(forge.Pulls.Count, Json(run).GetProperty("commits").GetArrayLength());
    }

    [Fact(Explicit = true)]
    public async Task A_bad_release_is_taken_back_by_a_pull_request_and_a_closed_one_ends_the_watch()
    {
        PrometheusProcess.SkipUnlessInstalled();
        await using var fleet = await WatchedFleet.CreateAsync(Count);
        await using var forge = await HostAsync(fleet);
        fleet.Sites.Behave(Release, new ReleaseBehaviour(IsBlind: true));
        await fleet.OfferAsync(Release);

        forge.WhenRead = pull => forge.Close(pull.Number);
        var closed = await WatchAsync(fleet);
        forge.WhenRead = pull => forge.Merge(pull.Number, MergeMethod.MergeCommit);
        var bad = await WatchAsync(fleet);

        Assert.Equal((1, "refused"), (closed.Status, Json(closed).GetProperty("outcome").GetString()));
        Assert.Contains("pull request 1 was closed and not merged", Json(closed).GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, "rolledBack"), (bad.Status, Json(bad).GetProperty("outcome").GetString()));
        Assert.Equal("deploy-tool/rollback/production", forge.Pulls[^1].Branch);
        Assert.Equal(0, await fleet.GivenAsync(Release));
    }

    [Fact(Explicit = true)]
    public async Task A_watch_whose_time_is_over_leaves_its_pull_request_open()
    {
        PrometheusProcess.SkipUnlessInstalled();
        await using var fleet = await WatchedFleet.CreateAsync(Count);
        await using var forge = await HostAsync(fleet);
        await fleet.OfferAsync(Release);

        var run = await WatchAsync(fleet, "--for", "10s");

        Assert.Equal((3, "underWay"), (run.Status, Json(run).GetProperty("outcome").GetString()));
        Assert.True(Assert.Single(forge.Pulls).IsOpen);
    }

    private static async Task<FakeGitHub> HostAsync(WatchedFleet fleet)
    {
        var forge = new FakeGitHub(fleet.Repository.Remote);
        fleet.Repository.Write("sites/environments.yaml", $"{fleet.Repository.Read("sites/environments.yaml")}pullRequests: {{address: '{forge.Page}', host: github}}\n");
        fleet.Repository.Write("../token", FakeForge.Token);
        await fleet.Repository.CommitAsync("Name the host");
        await fleet.Repository.GitAsync("push", "--quiet");
        return forge;
    }

    private static Task<Invocation> WatchAsync(WatchedFleet fleet, params string[] more) =>
        fleet.WatchAsync(["--pull-request", "--pull-request-token-file", "../token", .. more]);

    private static JsonElement Json(Invocation run)
    {
        using var document = JsonDocument.Parse(run.Output);
        return document.RootElement.Clone();
    }
}
