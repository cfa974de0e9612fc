using FaceEdge.Deploy.Git;
using FaceEdge.Tests.Forges;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

/// <summary>The whole pipeline at a host whose branch takes pull requests alone, and merges them one way or another.</summary>
public sealed class ProposedRehearsalTests
{
    [Fact]
    public async Task An_image_reaches_every_site_and_is_rolled_back_by_pull_requests()
    {
        Assert.SkipWhen(Rehearsed.Missing is not null, Rehearsed.Missing ?? "");
        await using var rehearsed = new Rehearsed();
        await rehearsed.InitializeAsync();
        Assert.Equal(("succeeded", (string?)null), (rehearsed.First.Outcome, rehearsed.First.Why));
        await using var forge = new FakeGitHub(rehearsed.Remote);
        forge.WhenRead = pull => forge.Merge(pull.Number, pull.Number % 2 == 1 ? MergeMethod.Squash : MergeMethod.MergeCommit);
        const string Policy = "sites/environments.yaml";
        await rehearsed.Source.ChangeAsync(Policy, $"{await File.ReadAllTextAsync(Path.Combine(rehearsed.Source.Root, Policy), Cancellation)}\npullRequests:\n  address: {forge.Page}\n  host: github\n");
        await rehearsed.Source.ChangeAsync(RehearsedRepository.Settings, RehearsedRepository.SettingsWith("eyes", "#ffc0cb"));

        var update = await rehearsed.RehearseAsync(["all"], ("changes", "pullRequest"));
        var image = update.Sites[0].Image!;
        var rollback = await rehearsed.RehearseAsync([], ("rollback", "production"), ("changes", "pullRequest"));

        Assert.Equal(("succeeded", (string?)null), (update.Outcome, update.Why));
        Assert.Equal([image, image, image], update.Sites.Select(site => site.Image));
        Assert.NotEqual(rehearsed.First.Sites[0].Image, image);
        Assert.Equal(("succeeded", (string?)null), (rollback.Outcome, rollback.Why));
        Assert.Equal([image, image, rehearsed.First.Sites[0].Image], rollback.Sites.Select(site => site.Image));
        Assert.Equal(["promote/qa", "promote/uat", "rollout/production", "rollback/production"], forge.Pulls.Select(pull => pull.Branch["deploy-tool/".Length..]));
        Assert.All(forge.Pulls, pull => Assert.NotNull(pull.MergeCommit));
        var line = await new GitProcess(rehearsed.Remote).RunAsync(Cancellation, "log", "--first-parent", "--format=%cn %s", "-4", "main");
        Assert.Equal(2, line.Split('\n').Count(commit => commit.StartsWith("GitHub Merge pull request #", StringComparison.Ordinal)));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
