using System.Text.Json;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Tests.Promotion;
using FaceEdge.Tests.Forges;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.PullRequests;

/// <summary>A merged pull request counts as the change that it proposed, whatever the host makes of its commit.</summary>
public sealed class MergedPullRequestTests
{
    private static readonly string First = Pinned("1.0.0", '1');
    private static readonly string Second = Pinned("2.0.0", '2');

    public static TheoryData<ForgeModel, MergeMethod> Merges => new(
        Enum.GetValues<MergeMethod>().SelectMany(_ => Enum.GetValues<ForgeModel>(), (method, model) => (model, method)));

    [Theory]
    [MemberData(nameof(Merges))]
    public async Task It_is_a_promotion_to_history_to_the_next_environment_and_to_a_rollback(ForgeModel model, MergeMethod method)
    {
        await using var sites = await ProposedSites.CreateAsync(model, uat: "{soak: 1s}");
        await sites.PromoteAsync("qa", First);
        sites.Forge.Merge(1, method);
        await sites.PromoteAsync("qa", Second);
        sites.Forge.Merge(2, method);

        var history = await HistoryAsync(sites);
        await sites.ProposeAsync("rollback", "--env", "qa", "--skip-image-check", "--quiet");

        Assert.Equal([("qa", Second), ("qa", First)], history);
        Assert.Equal("Roll qa back to 1.0.0", sites.Forge.Pulls[2].Title);
        sites.Forge.Merge(3, method);
        Assert.Equal(("qa", First), (await HistoryAsync(sites))[0]);
        var again = await sites.PromoteAsync("qa", Second);
        Assert.Equal(1, again.Status);
        Assert.Contains("was rolled back", again.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MergeMethod.Squash)]
    [InlineData(MergeMethod.MergeCommit)]
    public async Task A_rollout_goes_on_where_merged_waves_left_it(MergeMethod method)
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.GitHub, ShopsAsync);
        await sites.ProposeAsync("promote", "--to", "uat", "--skip-image-check", "--quiet");
        sites.Forge.Merge(1, method);

        var first = await sites.ProposeAsync("rollout", "--env", "production", "--skip-image-check", "--skip-gates", "--quiet");
        var same = await sites.ProposeAsync("rollout", "--env", "production", "--skip-image-check", "--skip-gates", "--quiet");
        sites.Forge.Merge(2, method);
        var second = await sites.ProposeAsync("rollout", "--env", "production", "--skip-image-check", "--skip-gates", "--quiet");

        Assert.Equal([0, 0, 0], [first.Status, same.Status, second.Status]);
        Assert.Equal(["Roll 1.0.0 out to production, wave 1 of 2", "Roll 1.0.0 out to production, wave 2 of 2"], sites.Forge.Pulls.Skip(1).Select(pull => pull.Title));
    }

    [Fact]
    public async Task An_image_soaks_from_the_merge_on_and_who_merged_it_brought_it()
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.GitHub, uat: "{soak: 2h}");
        var proposed = DateTimeOffset.UtcNow.AddHours(-5);
        await sites.PromoteAsync("qa", First);
        var tree = await sites.RemoteAsync("rev-parse", "deploy-tool/promote/qa^{tree}");
        var message = await sites.RemoteAsync("log", "-1", "--format=%B", "deploy-tool/promote/qa");
        var old = new GitProcess(sites.Sites.Remote, new Dictionary<string, string>
        {
            ["GIT_AUTHOR_NAME"] = "Pipeline",
            ["GIT_AUTHOR_EMAIL"] = "p@example.com",
            ["GIT_COMMITTER_NAME"] = "Pipeline",
            ["GIT_COMMITTER_EMAIL"] = "p@example.com",
            ["GIT_COMMITTER_DATE"] = $"{proposed.ToUnixTimeSeconds()} +0000",
        });
        var commit = (await old.RunAsync(CancellationToken.None, "commit-tree", tree, "-p", "main", "-m", message)).Trim();
        await sites.RemoteAsync("update-ref", "refs/heads/deploy-tool/promote/qa", commit);
        sites.Forge.Merge(1, MergeMethod.MergeCommit);

        var early = await sites.PromoteAsync("uat", null);
        await sites.Sites.GitAsync("pull", "--quiet", "--ff-only");
        var record = (await PromotionHistory.ReadAsync(sites.Sites.Git, "HEAD", TestContext.Current.CancellationToken)).Records[0];

        Assert.Equal(1, early.Status);
        Assert.Contains("2h asked for", early.Output, StringComparison.Ordinal);
        Assert.Equal(("Ada", commit), (record.By, record.Commit));
        Assert.True(record.At > proposed.AddHours(4), $"{record.At}");
    }

    [Fact]
    public async Task A_branch_that_the_host_updated_is_squashed_into_a_list_of_commits_and_still_counts()
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.GitHub);
        await sites.PromoteAsync("qa", First);
        await sites.PushAsync("main", "README.md", "Read me.\n", "Describe it");
        sites.Forge.UpdateBranch(1);

        sites.Forge.Merge(1, MergeMethod.Squash);

        Assert.StartsWith("Promote 1.0.0 to qa (#1)\n\n* ", await sites.RemoteAsync("log", "-1", "--format=%B", "main"), StringComparison.Ordinal);
        Assert.Equal([("qa", First)], await HistoryAsync(sites));
    }

    [Fact]
    public async Task Changes_of_sites_are_in_the_history_too()
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.AzureRepos, Sites.FleetRepository.CreateWithSourcesAsync);
        await sites.ProposeAsync("configure", "--env", "qa", "--set", "Detector__Mode=eyes", "--quiet");
        sites.Forge.Merge(1, MergeMethod.SquashWithText);

        var run = await sites.Sites.RunAsync("history", "--fetch", "--output", "json", "--quiet");

        using var document = JsonDocument.Parse(run.Output);
        var entry = document.RootElement.GetProperty("entries")[0];
        Assert.Equal(("qa", "configured: Detector__Mode=eyes"), (entry.GetProperty("environment").GetString(), entry.GetProperty("change").GetString()));
    }

    [Theory]
    [InlineData("as-text.txt")]
    [InlineData("behind-co-authors.txt")]
    [InlineData("indented.txt")]
    [InlineData("list-of-commits.txt")]
    [InlineData("wrapped.txt")]
    [InlineData("carriage-returns.txt")]
    public async Task The_trailers_are_read_from_what_hosts_make_of_a_message(string file)
    {
        var message = await File.ReadAllTextAsync(Path.Combine(Messages(), file), TestContext.Current.CancellationToken);

        var found = Assert.Single(ProposedTrailers.Find(file == "carriage-returns.txt" ? message.ReplaceLineEndings("\r\n") : message));

        Assert.Equal(
            [
                new Trailer("Proposed-As", $"deploy-tool/promote/qa {new string('a', 40)}"), new Trailer("Promoted-Image", First), new Trailer("Promoted-To", "qa"),
                new Trailer("Promoted-From", "registry"), new Trailer("Gate-Latency", "passed; detect/median is 1.02 x base (2026-11-20 10:00 UTC)"),
            ],
            found);
    }

    [Fact]
    public async Task Two_changes_that_were_squashed_into_one_commit_are_two()
    {
        var one = await File.ReadAllTextAsync(Path.Combine(Messages(), "as-text.txt"), TestContext.Current.CancellationToken);

        var found = ProposedTrailers.Find(one + "\n\n" + one + "\n\n" + one.Replace("promote/qa", "promote/uat", StringComparison.Ordinal));

        Assert.Equal(2, found.Count);
    }

    [Fact]
    public void A_message_that_speaks_of_trailers_and_proposes_nothing_has_none() =>
        Assert.Empty(ProposedTrailers.Find("Explain promotions\n\nPromoted-Image: registry.example.com/a:1\nPromoted-To: qa\n\nThat is what a commit says."));

    private static async Task<SitesRepository> ShopsAsync()
    {
        var sites = await CreateAsync();
        File.Delete(Path.Combine(sites.Clone, "sites/production/face-detector.yaml"));
        foreach (var name in new[] { "berlin", "paris", "rome" })
        {
            sites.Write($"sites/production/{name}/face-detector.yaml", Manifest(Pinned("0.1.0", '0')));
        }

        sites.Write("sites/qa/face-detector.yaml", Manifest(First));
        sites.Write("sites/rollout.yaml", "version: 1\nrollouts:\n  - environment: production\n    waves:\n      - { name: canary, percent: 34 }\n      - { name: rest, percent: 100 }\n");
        await sites.CommitAsync("Open shops");
        await sites.GitAsync("push", "--quiet");
        return sites;
    }

    private static async Task<List<(string, string)>> HistoryAsync(ProposedSites sites)
    {
        var run = await sites.Sites.RunAsync("history", "--fetch", "--output", "json", "--quiet");
        using var document = JsonDocument.Parse(run.Output);
        return [.. document.RootElement.GetProperty("entries").EnumerateArray().Select(entry => (entry.GetProperty("environment").GetString()!, entry.GetProperty("image").GetString()!))];
    }

    private static string Messages([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "messages");
}
