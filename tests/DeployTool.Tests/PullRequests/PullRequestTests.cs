using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FaceEdge.Deploy.Tests.Commands;
using FaceEdge.Deploy.Tests.Oci;
using FaceEdge.Deploy.Tests.Sites;
using FaceEdge.Tests.Forges;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.PullRequests;

/// <summary>Changes that are proposed as pull requests at both hosts.</summary>
public sealed partial class PullRequestTests
{
    private const string Branch = "deploy-tool/promote/qa";

    private static readonly string First = Pinned("1.0.0", '1');
    private static readonly string Second = Pinned("2.0.0", '2');

    [Theory]
    [InlineData(ForgeModel.GitHub)]
    [InlineData(ForgeModel.AzureRepos)]
    public async Task A_change_waits_in_one_pull_request_that_each_further_run_brings_up_to_date(ForgeModel model)
    {
        await using var sites = await ProposedSites.CreateAsync(model);
        var main = sites.Forge.Commit("main");

        var opened = await sites.PromoteAsync("qa", First);
        var pull = Assert.Single(sites.Forge.Pulls);
        var updated = await sites.PromoteAsync("qa", Second);

        Assert.Equal((0, ""), (opened.Status, opened.Error));
        Assert.EndsWith($"qa is to run {First} once pull request 1 is merged ({Page(sites, 1)})", opened.Output, StringComparison.Ordinal);
        Assert.EndsWith($"qa is to run {Second} once pull request 1 is merged ({Page(sites, 1)})", updated.Output, StringComparison.Ordinal);
        Assert.Equal((Branch, "main", "Promote 2.0.0 to qa"), (pull.Branch, pull.Into, pull.Title));
        Assert.Equal(["deploy-tool"], pull.Labels);
        Assert.Contains($"\n+                image: \"{Second}\"\n", pull.Text.Replace("+        image", "+                image", StringComparison.Ordinal));
        Assert.Single(sites.Forge.Pulls);
        Assert.Equal(main, sites.Forge.Commit("main"));
        Assert.Equal("1", await sites.RemoteAsync("rev-list", "--count", $"main..{Branch}"));
        Assert.DoesNotContain("[skip ci]", await sites.RemoteAsync("log", "-1", "--format=%B", Branch), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ForgeModel.GitHub)]
    [InlineData(ForgeModel.AzureRepos)]
    public async Task The_same_change_again_writes_nothing_anywhere(ForgeModel model)
    {
        await using var sites = await ProposedSites.CreateAsync(model);
        await sites.PromoteAsync("qa", First);
        var commit = sites.Forge.Commit(Branch);
        sites.Forge.Requests.Clear();

        var again = await sites.PromoteAsync("qa", First);

        Assert.Equal(0, again.Status);
        Assert.Equal(commit, sites.Forge.Commit(Branch));
        Assert.StartsWith("GET ", Assert.Single(sites.Forge.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ForgeModel.GitHub)]
    [InlineData(ForgeModel.AzureRepos)]
    public async Task The_text_has_why_gates_evidence_a_plot_the_differences_and_the_trailers(ForgeModel model)
    {
        await using var sites = await ProposedSites.CreateAsync(model, qa: "{latency: {}, approvals: {count: 1}}");
        sites.Sites.Write(
            "evidence.json",
            $$"""
            {"kind":"latency","subject":{"image":"{{First.Split('@')[1]}}"},"verdict":"pass","summary":"detect/median is 1.02 x base | 12 blocks","measuredAt":"2026-11-20T10:00:00Z",
             "machine":"a Mac","numbers":{"blocks":12,"detect median ratio":1.02,"annotate p95 ratio":0.871,"decode p95 ratio":1.4} }
            """);

        var run = await sites.PromoteAsync("qa", First, "--evidence", "evidence.json", "--approved-by", "ada@example.com", "--pipeline-run", "https://dev.example.com/42");

        Assert.Equal(0, run.Status);
        var text = Tree().Replace(sites.Forge.Pulls[0].Text, "$1 TREE");
        var expected = await File.ReadAllTextAsync(Path.Combine(Folder(), "promote.md"), TestContext.Current.CancellationToken);
        Assert.True(expected == text, $"promote.md says otherwise than:\n{text}");
    }

    [Theory]
    [InlineData(ForgeModel.GitHub)]
    [InlineData(ForgeModel.AzureRepos)]
    public async Task A_closed_pull_request_is_withdrawn_and_the_next_run_opens_another(ForgeModel model)
    {
        await using var sites = await ProposedSites.CreateAsync(model);
        await sites.PromoteAsync("qa", First);
        sites.Forge.Close(1);

        var run = await sites.PromoteAsync("qa", First);

        Assert.Equal(0, run.Status);
        Assert.EndsWith(
            $"qa is to run {First} once pull request 2 is merged ({Page(sites, 2)})\npull request 1 was closed and not merged; this is another", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_branch_that_moved_is_planned_again_and_one_that_moved_elsewhere_keeps_its_reviews()
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.GitHub);
        await sites.PromoteAsync("qa", First);
        var before = sites.Forge.Commit(Branch);

        await sites.PushAsync("main", "README.md", "Read me.\n", "Describe it");
        await sites.PromoteAsync("qa", First);
        Assert.Equal(before, sites.Forge.Commit(Branch));

        await sites.PushAsync("main", "sites/uat/face-detector.yaml", Manifest(Second), "Change a site");
        await sites.PromoteAsync("qa", First);
        Assert.Equal(sites.Forge.Commit("main"), await sites.RemoteAsync("rev-parse", $"{Branch}^"));
        Assert.Single(sites.Forge.Pulls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Anothers_work_on_the_branch_is_never_overwritten(bool amends)
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.GitHub);
        await sites.PromoteAsync("qa", First);
        await sites.PushAsync(Branch, "sites/qa/note.txt", "mine\n", "Promote 1.0.0 to qa", [.. amends ? ["--amend", "--no-edit", "--reset-author"] : Array.Empty<string>()]);
        var theirs = sites.Forge.Commit(Branch)!;

        var run = await sites.PromoteAsync("qa", Second);

        Assert.Equal(
            new Invocation(
                1, "",
                $"error: {Branch} holds a commit of Ben ({theirs[..12]} 'Promote 1.0.0 to qa'), which would be lost: "
                + $"merge or close what the branch proposes, and delete it: git push origin :{Branch}; then run it again"),
            run);
        Assert.Equal(theirs, sites.Forge.Commit(Branch));
    }

    [Fact]
    public async Task The_hosts_own_merge_of_the_target_into_the_branch_is_nobodys_work()
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.GitHub);
        await sites.PromoteAsync("qa", First);
        await sites.PushAsync("main", "README.md", "Read me.\n", "Describe it");
        sites.Forge.UpdateBranch(1);
        var updated = sites.Forge.Commit(Branch);

        Assert.Equal(0, (await sites.PromoteAsync("qa", First)).Status);
        Assert.Equal(updated, sites.Forge.Commit(Branch));
        Assert.Equal(0, (await sites.PromoteAsync("qa", Second)).Status);
        Assert.Equal("1", await sites.RemoteAsync("rev-list", "--count", $"main..{Branch}"));
    }

    [Fact]
    public async Task Two_at_once_leave_one_pull_request()
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.GitHub);
        var clones = await Task.WhenAll(Enumerable.Range(0, 3).Select(number => sites.Sites.CloneAsync($"clone-{number}")));

        var runs = await Task.WhenAll(clones.Select(clone => sites.ProposeAsync(TimeProvider.System, clone, "promote", "--to", "qa", "--image", First, "--skip-image-check", "--quiet")));

        Assert.All(runs, run => Assert.Equal((0, ""), (run.Status, run.Error)));
        Assert.Single(sites.Forge.Pulls);
        Assert.Equal("1", await sites.RemoteAsync("rev-list", "--count", $"main..{Branch}"));
    }

    [Theory]
    [InlineData(ForgeModel.GitHub)]
    [InlineData(ForgeModel.AzureRepos)]
    public async Task With_nothing_to_change_nothing_is_opened_and_one_that_is_open_is_named(ForgeModel model)
    {
        await using var sites = await ProposedSites.CreateAsync(model);
        await sites.PromoteAsync("qa", First);
        Assert.Equal(0, (await sites.Sites.PromoteAsync("qa", First)).Status);

        var run = await sites.PromoteAsync("qa", First);

        Assert.Equal(0, run.Status);
        Assert.EndsWith($"qa has {First} already; nothing to do\npull request 1 is open, and no longer needed: close it ({Page(sites, 1)})", run.Output, StringComparison.Ordinal);
        Assert.Single(sites.Forge.Pulls);
    }

    [Fact]
    public async Task A_gate_that_says_no_keeps_the_pull_request_from_being_opened()
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.GitHub, qa: "{approvals: {count: 1}}");

        var run = await sites.PromoteAsync("qa", First);

        Assert.Equal(1, run.Status);
        Assert.Empty(sites.Forge.Pulls);
        Assert.Null(sites.Forge.Commit(Branch));
    }

    [Fact]
    public async Task A_dry_run_asks_nobody_and_says_where_it_would_be_proposed()
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.GitHub);

        var run = await sites.PromoteAsync("qa", First, "--dry-run");

        Assert.EndsWith($"nothing was written\nit would be proposed on {Branch}, to be merged into main", run.Output, StringComparison.Ordinal);
        Assert.Empty(sites.Forge.Requests);
    }

    [Theory]
    [InlineData(ForgeModel.GitHub)]
    [InlineData(ForgeModel.AzureRepos)]
    public async Task The_host_merges_by_itself_where_that_is_asked_with_the_message_of_the_commit(ForgeModel model)
    {
        await using var sites = await ProposedSites.CreateAsync(model, policy: "  autoComplete: true\n  labels: [sites, qa]\n");

        var run = await sites.PromoteAsync("qa", First);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal(["sites", "qa"], sites.Forge.Pulls[0].Labels);
        var commit = (await sites.RemoteAsync("log", "-1", "--format=%b", Branch)).Replace("\n\nProposed-As", "\n\n[skip ci]\n\nProposed-As", StringComparison.Ordinal);
        Assert.Equal(commit, sites.Forge.Pulls[0].AutoCompletes?.Trim());
    }

    [Fact]
    public async Task A_host_that_does_not_merge_by_itself_leaves_the_pull_request_to_people()
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.GitHub);
        ((FakeGitHub)sites.Forge).AllowsAutoMerge = false;

        var run = await sites.PromoteAsync("qa", First, "--auto-complete");

        Assert.Equal(0, run.Status);
        Assert.EndsWith($"it waits for somebody who merges it: {Name(sites)} does not merge it by itself: Auto merge is not allowed for this repository", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pull_request_that_waits_for_nothing_is_merged_at_once()
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.GitHub);
        ((FakeGitHub)sites.Forge).WaitsForReview = false;

        await sites.PromoteAsync("qa", First, "--auto-complete");

        Assert.Contains(First, await sites.Sites.RemoteFileAsync("sites/qa/face-detector.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ForgeModel.GitHub)]
    [InlineData(ForgeModel.AzureRepos)]
    public async Task A_run_that_waits_ends_when_somebody_merges(ForgeModel model)
    {
        await using var sites = await ProposedSites.CreateAsync(model);
        sites.Forge.WhenRead = pull => sites.Forge.Merge(pull.Number, MergeMethod.SquashWithText);

        var run = await WaitAsync(sites);

        Assert.Equal(0, run.Status);
        Assert.EndsWith($"qa is to run {First} (commit {sites.Forge.Commit("main")![..12]}, by pull request 1)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_waits_ends_when_somebody_closes_it_or_its_time_is_over()
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.GitHub);

        var late = await WaitAsync(sites);
        sites.Forge.WhenRead = pull => sites.Forge.Close(pull.Number);
        var closed = await WaitAsync(sites);

        Assert.Equal(3, late.Status);
        Assert.EndsWith($"error: pull request 1 is not merged yet ({Page(sites, 1)}): merge it, or close it to withdraw the change, and run this again", late.Error, StringComparison.Ordinal);
        Assert.Equal(1, closed.Status);
        Assert.EndsWith($"error: pull request 1 was closed and not merged ({Page(sites, 1)}): run this again to open another", closed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_waits_plans_again_when_the_branch_moves()
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.GitHub);
        var reads = 0;
        sites.Forge.WhenRead = pull =>
        {
            if (reads++ == 0)
            {
                sites.PushAsync("main", "sites/uat/face-detector.yaml", Manifest(Second), "Change a site").GetAwaiter().GetResult();
            }
            else if (reads > 2)
            {
                sites.Forge.Merge(pull.Number, MergeMethod.Rebase);
            }
        };

        var run = await WaitAsync(sites);

        Assert.Equal(0, run.Status);
        Assert.Equal("Promote 1.0.0 to qa\nChange a site", await sites.RemoteAsync("log", "-2", "--format=%s", "main"));
        Assert.Contains(sites.Forge.Requests, request => request.StartsWith("PATCH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_waits_outlasts_a_host_that_is_away()
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.GitHub);
        var asked = 0;
        sites.Forge.Fault = _ => sites.Forge.Pulls.Count > 0 && asked++ is > 0 and < 12 ? new ForgeAnswer(502, "") : null;
        sites.Forge.WhenRead = pull => sites.Forge.Merge(pull.Number, MergeMethod.Squash);

        var run = await sites.ProposeAsync(
            new InstantTime(), sites.Sites.Clone, "promote", "--to", "qa", "--image", First, "--skip-image-check", "--until-merged", "30m");

        Assert.True(run.Status == 0, run.Error);
        Assert.InRange(asked, 12, int.MaxValue);
    }

    [Fact]
    public async Task One_that_is_merged_while_a_run_plans_is_not_opened_again()
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.GitHub);
        await sites.PromoteAsync("qa", First);
        sites.Forge.Fault = _ =>
        {
            if (sites.Forge.Pulls[0].IsOpen)
            {
                sites.Forge.Merge(1, MergeMethod.Squash);
            }

            return null;
        };

        var run = await sites.PromoteAsync("qa", First);

        Assert.EndsWith($"qa has {First} already; nothing to do", run.Output, StringComparison.Ordinal);
        Assert.Single(sites.Forge.Pulls);
    }

    [Fact]
    public async Task Every_command_that_commits_proposes_on_a_branch_of_its_own()
    {
        await using var sites = await ProposedSites.CreateAsync(ForgeModel.GitHub, FleetRepository.CreateWithSourcesAsync);
        Assert.Equal(0, (await sites.Sites.PromoteAsync("qa", First, "--skip-gates")).Status);
        Assert.Equal(0, (await sites.Sites.PromoteAsync("qa", Second, "--skip-gates")).Status);
        var berlin = new[] { "--set", "pool=203.0.113.30-203.0.113.39", "--set", "network=berlin" };

        await AssertProposesAsync("rollback", "--env", "qa", "--skip-image-check");
        await AssertProposesAsync("configure", "--env", "qa", "--set", "Detector__Mode=eyes");
        await AssertProposesAsync("configure", "--env", "qa", "--site", "qa", "--set", "Detector__Mode=eyes");
        await AssertProposesAsync(["site", "add", "berlin-01", "--env", "production", "--move-own", "paris-01", .. berlin]);
        await AssertProposesAsync(["environment", "add", "lab", "--after", "qa", .. berlin]);
        await AssertProposesAsync("rollout", "--pause", "a storm");
        sites.Sites.Write("sites/inventory/qa/qa.yaml", sites.Sites.Read("sites/inventory/qa/qa.yaml") + "title: Other faces\n");
        await AssertProposesAsync("render");

        Assert.Equal(
            ["rollback/qa", "configure/qa", "configure-site/qa/qa", "site-add/production/berlin-01", "environment-add/lab", "pause/all", "render"],
            sites.Forge.Pulls.Select(pull => pull.Branch["deploy-tool/".Length..]));

        async Task AssertProposesAsync(params string[] args)
        {
            var run = await sites.ProposeAsync([.. args, "--quiet"]);
            Assert.True(run.Status == 0 && run.Output.Contains($"once pull request {sites.Forge.Pulls.Count} is merged", StringComparison.Ordinal), $"{run.Output}{run.Error}");
        }
    }

    [Theory]
    [InlineData("error: --auto-complete, --until-merged and --pull-request-token-file belong to --pull-request: see", "--auto-complete")]
    [InlineData("error: --pull-request and --no-push exclude each other: see", "--pull-request", "--no-push")]
    public async Task Options_that_contradict_each_other_are_wrong_usage(string error, params string[] options)
    {
        var run = await Invocation.RunAsync(["promote", "--to", "qa", .. options]);

        Assert.Equal(2, run.Status);
        Assert.StartsWith(error, run.Error, StringComparison.Ordinal);
    }

    /// <summary>On a clock on which every wait is over at once.</summary>
    private static Task<Invocation> WaitAsync(ProposedSites sites) =>
        sites.ProposeAsync(new InstantTime(), sites.Sites.Clone, "promote", "--to", "qa", "--image", First, "--skip-image-check", "--until-merged", "2m");

    private static string Page(ProposedSites sites, int number) => $"{sites.Forge.Page}/{(sites.Forge is FakeGitHub ? "pull" : "pullrequest")}/{number}";

    private static string Name(ProposedSites sites) => sites.Forge.Page["http://".Length..];

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex("(Proposed-As: \\S+) [0-9a-f]{40}")]
    private static partial Regex Tree();
}
