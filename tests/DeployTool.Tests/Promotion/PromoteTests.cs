using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Tests.Commands;
using FaceEdge.Deploy.Tests.Sites;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Promotion;

public sealed class PromoteTests
{
    private static readonly string New = Pinned("1.0.0", '1');

    [Fact]
    public async Task Promote_changes_the_image_scalar_and_no_other_byte()
    {
        using var sites = await CreateAsync();
        var before = sites.Read("sites/qa/face-detector.yaml");

        var run = await sites.PromoteAsync("qa", New);

        Assert.Equal((0, ""), (run.Status, run.Error));
        var expected = before.Replace(Pinned("0.1.0", '0'), New, StringComparison.Ordinal);
        Assert.Equal(expected, await sites.RemoteFileAsync("sites/qa/face-detector.yaml"));
        Assert.Equal(expected, sites.Read("sites/qa/face-detector.yaml"));
        Assert.Equal(2, await sites.RemoteCommitsAsync());
        Assert.Equal("", await sites.GitAsync("status", "--porcelain"));
    }

    [Fact]
    public async Task Promote_shows_the_exact_diff_that_git_shows()
    {
        using var sites = await FleetRepository.CreateAsync();

        var run = await sites.PromoteAsync("qa", New, "--skip-gates");

        var shown = await sites.GitAsync("diff", "HEAD~", "HEAD");
        Assert.Equal(Hunks(shown), Hunks(run.Output));
        Assert.Equal(4, Hunks(shown).Count(line => line.StartsWith('-') || line.StartsWith('+')));

        // git writes behind a place which key it is below.
        static List<string> Hunks(string diff) =>
        [
            .. diff.Split('\n').SkipWhile(line => !line.StartsWith("@@ ", StringComparison.Ordinal)).TakeWhile(line => line is ['@' or ' ' or '-' or '+', ..] && line.Trim().Length > 0)
                .Select(line => line.StartsWith("@@ ", StringComparison.Ordinal) ? line[..(line.IndexOf(" @@", StringComparison.Ordinal) + 3)] : line.TrimEnd()),
        ];
    }

    [Fact]
    public async Task The_commits_trailers_are_read_by_git_interpret_trailers()
    {
        using var sites = await CreateAsync(qa: "{approvals: {count: 1}}");

        await sites.PromoteAsync("qa", New, "--approved-by", "Ada Lovelace", "--pipeline-run", "https://ci.example.com/42");

        Assert.Equal(
            $"""
            Promoted-Image: {New}
            Promoted-To: qa
            Promoted-From: registry
            Replaced-Image: {Pinned("0.1.0", '0')}
            Gate-Approvals: passed; 1 of 1 approvals (Ada Lovelace)
            Approved-By: Ada Lovelace
            Pipeline-Run: https://ci.example.com/42
            Skipped-Image-Check: yes

            """,
            await sites.ParsedTrailersAsync());
    }

    [Fact]
    public async Task Dry_run_shows_the_diff_and_writes_nothing()
    {
        using var sites = await CreateAsync();

        var run = await sites.PromoteAsync("qa", New, "--dry-run");

        Assert.Equal(0, run.Status);
        Assert.Contains($"+        image: \"{New}\"", run.Output);
        Assert.Equal(1, await sites.RemoteCommitsAsync());
        Assert.Equal("", await sites.GitAsync("status", "--porcelain"));
    }

    [Fact]
    public async Task No_push_commits_here_alone_and_says_so_in_the_commit()
    {
        using var sites = await CreateAsync();

        var run = await sites.PromoteAsync("qa", New, "--no-push");

        Assert.Equal(0, run.Status);
        Assert.Equal(1, await sites.RemoteCommitsAsync());
        Assert.Contains("Skipped-Push: yes", await sites.GitAsync("log", "-1", "--format=%B"));
        Assert.Contains(New, sites.Read("sites/qa/face-detector.yaml"));
    }

    [Fact]
    public async Task Promoting_again_what_is_there_is_nothing_to_do()
    {
        using var sites = await CreateAsync();
        await sites.PromoteAsync("qa", New);

        var run = await sites.PromoteAsync("qa", New);

        Assert.Equal(0, run.Status);
        Assert.Contains("nothing to do", run.Output);
        Assert.Equal(2, await sites.RemoteCommitsAsync());
    }

    [Fact]
    public async Task The_image_of_the_environment_before_goes_on_to_the_next()
    {
        using var sites = await CreateAsync();
        await sites.PromoteAsync("qa", New);

        var run = await sites.PromoteAsync("uat", null, "--from", "qa");

        Assert.Equal(0, run.Status);
        Assert.Contains(New, await sites.RemoteFileAsync("sites/uat/face-detector.yaml"));
        Assert.Contains("Promoted-From: qa", await sites.RemoteMessageAsync());
    }

    [Theory]
    [InlineData("production", "qa", null)]
    [InlineData("qa", "uat", null)]
    [InlineData("uat", null, '2')]
    public async Task Promotion_out_of_order_is_refused(string to, string? from, char? image)
    {
        using var sites = await CreateAsync();
        await sites.PromoteAsync("qa", New);

        var run = await sites.PromoteAsync(to, image is { } digit ? Pinned("2.0.0", digit) : null, from is null ? [] : ["--from", from]);

        Assert.Equal(1, run.Status);
        Assert.Contains("order: ", run.Output);
        Assert.Equal(2, await sites.RemoteCommitsAsync());
    }

    [Fact]
    public async Task Another_repository_than_the_policys_is_refused()
    {
        using var sites = await CreateAsync();

        var run = await sites.PromoteAsync("qa", $"registry.example.com/other/thing:1@sha256:{new string('1', 64)}");

        Assert.Equal(1, run.Status);
        Assert.Contains("repository: ", run.Output);
    }

    [Fact]
    public async Task A_dirty_work_tree_is_refused_and_left_as_it_is()
    {
        using var sites = await CreateAsync();
        sites.Write("sites/uat/face-detector.yaml", "half an edit\n");

        var run = await sites.PromoteAsync("qa", New);

        Assert.Equal(2, run.Status);
        Assert.Contains("sites/uat/face-detector.yaml", run.Error);
        Assert.Equal("half an edit\n", sites.Read("sites/uat/face-detector.yaml"));
        Assert.Equal(1, await sites.RemoteCommitsAsync());
    }

    [Fact]
    public async Task What_is_changed_outside_of_sites_does_not_hold_a_promotion_back_and_stays()
    {
        using var sites = await CreateAsync();
        sites.Write("notes.txt", "committed\n");
        await sites.CommitAsync("Notes");
        await sites.GitAsync("push", "--quiet");
        sites.Write("notes.txt", "half a thought\n");

        var run = await sites.PromoteAsync("qa", New);

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains(New, sites.Read("sites/qa/face-detector.yaml"));
        Assert.Equal("half a thought\n", sites.Read("notes.txt"));
        Assert.Equal(" M notes.txt", (await sites.GitAsync("status", "--porcelain")).TrimEnd());
    }

    [Fact]
    public async Task What_is_staged_outside_of_sites_stays_staged_and_the_work_tree_as_it_is()
    {
        using var sites = await CreateAsync();
        sites.Write("new.txt", "staged\n");
        await sites.GitAsync("add", "new.txt");

        var run = await sites.PromoteAsync("qa", New, "--output", "json");

        Assert.Equal(0, run.Status);
        Assert.Contains("new.txt has changes that are not committed; git pull brings the promotion in", run.Output, StringComparison.Ordinal);
        Assert.Equal("A  new.txt", (await sites.GitAsync("status", "--porcelain")).TrimEnd());
    }

    [Fact]
    public async Task An_invalid_manifest_is_refused_with_its_place()
    {
        using var sites = await CreateAsync();
        sites.Write("sites/qa/face-detector.yaml", "kind: [unclosed\n");
        await sites.CommitAsync("Break it");
        await sites.GitAsync("push", "--quiet");

        var run = await sites.PromoteAsync("qa", New);

        Assert.Equal(2, run.Status);
        Assert.StartsWith("error: sites/qa/face-detector.yaml:1:7:", run.Error);
    }

    [Fact]
    public async Task Every_site_folder_of_the_environment_gets_the_image()
    {
        using var sites = await CreateAsync();
        sites.Write("sites/qa/lab-a/face-detector.yaml", Manifest(Pinned("0.0.9", '9')));
        sites.Write("sites/qa/lab-a/deeper/face-detector.yaml", "not a site\n");
        await sites.CommitAsync("Add a site");
        await sites.GitAsync("push", "--quiet");

        await sites.PromoteAsync("qa", New);

        Assert.Contains(New, await sites.RemoteFileAsync("sites/qa/face-detector.yaml"));
        Assert.Contains(New, await sites.RemoteFileAsync("sites/qa/lab-a/face-detector.yaml"));
        Assert.Equal("not a site\n", await sites.RemoteFileAsync("sites/qa/lab-a/deeper/face-detector.yaml"));
    }

    [Fact]
    public async Task A_promotion_lands_on_what_others_pushed_meanwhile()
    {
        using var sites = await CreateAsync();
        await sites.PushFromElsewhereAsync("README", "theirs\n");

        var run = await sites.PromoteAsync("qa", New);

        Assert.Equal(0, run.Status);
        Assert.Equal("theirs\n", await sites.RemoteFileAsync("README"));
        Assert.Equal("theirs\n", sites.Read("README"));
        Assert.Equal(3, await sites.RemoteCommitsAsync());
    }

    [Fact]
    public async Task A_detached_head_pushes_to_the_branch_that_is_named_and_keeps_its_files()
    {
        using var sites = await CreateAsync();
        await sites.GitAsync("checkout", "--quiet", "--detach");

        var without = await sites.PromoteAsync("qa", New);
        var with = await sites.PromoteAsync("qa", New, "--branch", "main");

        Assert.Equal((2, 0), (without.Status, with.Status));
        Assert.Contains("--branch", without.Error);
        Assert.Contains(New, await sites.RemoteFileAsync("sites/qa/face-detector.yaml"));
        Assert.DoesNotContain(New, sites.Read("sites/qa/face-detector.yaml"));
    }

    [Fact]
    public async Task A_hook_that_declines_the_push_refuses_and_changes_nothing()
    {
        using var sites = await CreateAsync();
        await sites.HookPushesAsync("echo ============; echo 'The ticket is missing.'; echo 'See the wiki.' >&2; exit 1");

        var run = await sites.PromoteAsync("qa", New);

        Assert.Equal(
            (1, "error: origin refused the push: The ticket is missing; See the wiki (pre-receive hook declined): see the branch policies and hooks of the remote"),
            (run.Status, run.Error));
        Assert.DoesNotContain(New, sites.Read("sites/qa/face-detector.yaml"));
    }

    [Fact]
    public async Task A_remote_that_is_away_could_not_decide()
    {
        using var sites = await CreateAsync();
        await sites.GitAsync("remote", "set-url", "origin", "/nowhere/at-all.git");

        Assert.Equal(3, (await sites.PromoteAsync("qa", New)).Status);
    }

    [Fact]
    public async Task A_shallow_clone_is_refused_since_its_history_is_cut_off()
    {
        using var sites = await CreateAsync();
        await sites.PromoteAsync("qa", New);
        var shallow = Path.Combine(sites.Folder, "shallow");
        await new GitProcess(sites.Folder).RunAsync(CancellationToken.None, "clone", "--quiet", "--depth", "1", "file://" + sites.Remote, shallow);

        var run = await Invocation.RunInAsync(shallow, "promote", "--to", "uat", "--skip-image-check");

        Assert.Equal(2, run.Status);
        Assert.Contains("--unshallow", run.Error);
    }
}
