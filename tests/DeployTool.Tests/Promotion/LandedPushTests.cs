using System.Diagnostics;
using System.Text.Json;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Tests.Commands;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Promotion;

/// <summary>Once the remote has the commit, nothing in the clone makes a promotion fail; what can be seen to be in the way is refused before.</summary>
public sealed class LandedPushTests
{
    private const string Manifest = "sites/qa/face-detector.yaml";
    private static readonly string New = Pinned("1.0.0", '1');

    [Fact]
    public async Task A_sparse_checkout_without_the_site_is_brought_forward_without_it()
    {
        using var sites = await CreateAsync();
        await sites.GitAsync("sparse-checkout", "set", "--cone", "sites/uat");

        var run = await sites.PromoteAsync("qa", New, "--output", "json");

        AssertLanded(run, note: null);
        Assert.Contains(New, await sites.RemoteFileAsync(Manifest));
        Assert.False(File.Exists(Path.Combine(sites.Clone, Manifest)));
        Assert.Equal("", await sites.GitAsync("status", "--porcelain"));
        Assert.Equal(await HeadAsync(sites.Remote, "main"), await HeadAsync(sites.Clone, "HEAD"));
    }

    [Fact]
    public async Task Another_git_at_work_in_the_clone_is_refused_before_anything_is_written()
    {
        using var sites = await CreateAsync();
        await File.WriteAllTextAsync(Path.Combine(sites.Clone, ".git", "index.lock"), "", TestContext.Current.CancellationToken);

        var run = await sites.PromoteAsync("qa", New);

        await AssertRefusedAsync(sites, run, 3, "index.lock is there: another git is at work in this clone, or was killed");
    }

    [Fact]
    public async Task A_site_folder_that_cannot_be_written_to_is_refused_before_anything_is_written()
    {
        using var sites = await CreateAsync();
        var folder = Path.Combine(sites.Clone, "sites", "qa");
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && await MountAsync("mount", "--bind", folder, folder) && await MountAsync("mount", "-o", "remount,ro,bind", folder),
            "no right to mount a folder read-only");
        try
        {
            var run = await sites.PromoteAsync("qa", New);

            await AssertRefusedAsync(sites, run, 2, "sites/qa cannot be written to: Read-only file system");
        }
        finally
        {
            await MountAsync("umount", "--lazy", folder);
        }
    }

    [Theory]
    [InlineData("notes/mine.txt", "notes/mine.txt is in the way of notes and not in Git")]
    [InlineData("notes", "notes is in the way of notes and not in Git")]
    public async Task What_lies_untracked_where_a_file_belongs_is_refused_before_anything_is_written(string path, string message)
    {
        using var sites = await CreateAsync();
        await sites.PushFromElsewhereAsync("notes", "theirs\n");
        sites.Write(path, "mine\n");

        var run = await sites.PromoteAsync("qa", New);

        await AssertRefusedAsync(sites, run, 2, message, commits: 2);
        Assert.Equal("mine\n", sites.Read(path));
    }

    [Fact]
    public async Task A_folder_of_tracked_files_may_become_a_file()
    {
        using var sites = await CreateAsync();
        sites.Write("notes/old.txt", "tracked\n");
        await sites.CommitAsync("A folder");
        await sites.GitAsync("push", "--quiet");
        var elsewhere = await sites.CloneAsync("elsewhere");
        var git = new GitProcess(elsewhere);
        await git.RunAsync(CancellationToken.None, "rm", "--quiet", "-r", "notes");
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "notes"), "a file now\n", TestContext.Current.CancellationToken);
        await git.RunAsync(CancellationToken.None, "add", "--all");
        await git.RunAsync(CancellationToken.None, "commit", "--quiet", "-m", "A file");
        await git.RunAsync(CancellationToken.None, "push", "--quiet");

        var run = await sites.PromoteAsync("qa", New, "--output", "json");

        AssertLanded(run, note: null);
        Assert.Equal("a file now\n", sites.Read("notes"));
        Assert.Equal("", await sites.GitAsync("status", "--porcelain"));
    }

    [Fact]
    public async Task A_reference_transaction_hook_that_says_no_is_a_note_and_the_work_tree_stays()
    {
        using var sites = await CreateAsync();
        Hook(sites, "[ \"$1\" != prepared ] || ! grep -q ' refs/heads/main$' || { echo 'main is frozen here' >&2; exit 1; }");

        var run = await sites.PromoteAsync("qa", New, "--output", "json");

        AssertLanded(run, note: "the work tree was left as it is: git update-ref failed: main is frozen here");
        Assert.Contains(New, await sites.RemoteFileAsync(Manifest));
        Assert.DoesNotContain(New, sites.Read(Manifest));
        Assert.Equal("", await sites.GitAsync("status", "--porcelain"));
        Assert.False(File.Exists(Path.Combine(sites.Clone, ".git", "deploy-tool.update")));
    }

    [Fact]
    public async Task A_pause_says_what_is_left_to_do_too()
    {
        using var sites = await CreateAsync();
        Hook(sites, "[ \"$1\" != prepared ] || ! grep -q ' refs/heads/main$' || { echo 'main is frozen here' >&2; exit 1; }");

        var run = await sites.RunAsync("rollout", "--env", "qa", "--pause", "frost", "--quiet");

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.EndsWith("\nthe work tree was left as it is: git update-ref failed: main is frozen here", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_that_is_locked_meanwhile_is_a_note_and_the_next_run_finishes_it()
    {
        using var sites = await CreateAsync();
        Hook(sites, "[ \"$1\" != prepared ] || ! grep -q ' refs/heads/main$' || : > .git/index.lock");

        var run = await sites.PromoteAsync("qa", New, "--output", "json");
        File.Delete(Path.Combine(sites.Clone, ".git", "hooks", "reference-transaction"));
        File.Delete(Path.Combine(sites.Clone, ".git", "index.lock"));
        var next = await sites.PromoteAsync("qa", New);

        AssertLanded(run, note: "the work tree is half brought forward: ");
        Assert.Equal((0, ""), (next.Status, next.Error));
        Assert.Contains("nothing to do", next.Output);
        Assert.Equal("", await sites.GitAsync("status", "--porcelain"));
        Assert.Contains(New, sites.Read(Manifest));
    }

    [Fact]
    public async Task The_commit_stands_beside_the_note_in_the_table_too()
    {
        using var sites = await CreateAsync();
        Hook(sites, "[ \"$1\" != prepared ] || ! grep -q ' refs/heads/main$' || exit 1");

        var run = await sites.PromoteAsync("qa", New);

        var commit = await HeadAsync(sites.Remote, "main");
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains($"qa is to run {New} (commit {commit[..12]}, pushed)\nthe work tree was left as it is: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_local_commit_that_the_hook_refuses_is_an_error_and_moves_nothing()
    {
        using var sites = await CreateAsync();
        var before = await HeadAsync(sites.Clone, "HEAD");
        Hook(sites, "[ \"$1\" != prepared ] || ! grep -q ' refs/heads/main$' || { echo 'main is frozen here' >&2; exit 1; }");

        var run = await sites.PromoteAsync("qa", New, "--no-push");

        Assert.Equal(2, run.Status);
        Assert.StartsWith("error: main was not moved: git update-ref failed: main is frozen here", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, await HeadAsync(sites.Clone, "HEAD"));
        Assert.Equal("", await sites.GitAsync("status", "--porcelain"));
    }

    [Fact]
    public async Task Variables_that_name_another_repository_do_not_choose_the_one_promoted_in()
    {
        using var sites = await CreateAsync();
        using var other = await CreateAsync();
        var hooked = new Dictionary<string, string>
        {
            ["GIT_DIR"] = Path.Combine(other.Clone, ".git"),
            ["GIT_WORK_TREE"] = other.Clone,
            ["GIT_INDEX_FILE"] = Path.Combine(other.Clone, ".git", "index"),
            ["GIT_PREFIX"] = "",
            ["GIT_OBJECT_DIRECTORY"] = Path.Combine(other.Clone, ".git", "objects"),
        };

        using var process = PromotionRace.Start(sites.Clone, New, hooked);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (process.ExitCode, await error));
        Assert.Equal((2, 1), (await sites.RemoteCommitsAsync(), await other.RemoteCommitsAsync()));
        Assert.Contains(New, sites.Read(Manifest));
        Assert.Equal("", await other.GitAsync("status", "--porcelain"));
    }

    [Fact]
    public async Task Every_variable_that_git_takes_for_a_repositorys_own_is_known()
    {
        using var sites = await CreateAsync();

        var names = (await sites.GitAsync("rev-parse", "--local-env-vars")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Empty(names.Except(RepositoryVariables.Names));
    }

    private static void AssertLanded(Invocation run, string? note)
    {
        Assert.Equal((0, ""), (run.Status, run.Error));
        var result = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("pushed", result.GetProperty("outcome").GetString());
        Assert.Equal(40, result.GetProperty("commit").GetString()!.Length);
        if (note is null)
        {
            Assert.Equal(JsonValueKind.Null, result.GetProperty("note").ValueKind);
        }
        else
        {
            Assert.StartsWith(note, result.GetProperty("note").GetString(), StringComparison.Ordinal);
        }
    }

    private static async Task AssertRefusedAsync(SitesRepository sites, Invocation run, int status, string message, int commits = 1)
    {
        Assert.Equal(status, run.Status);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(commits, await sites.RemoteCommitsAsync());
        Assert.DoesNotContain(New, sites.Read(Manifest), StringComparison.Ordinal);
    }

    private static async Task<string> HeadAsync(string repository, string revision) =>
        (await new GitProcess(repository).RunAsync(CancellationToken.None, "rev-parse", revision)).Trim();

    private static void Hook(SitesRepository sites, string script)
    {
        var hook = Path.Combine(sites.Clone, ".git", "hooks", "reference-transaction");
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        ExecutableFile.Write(hook, $"#!/bin/sh\n{script}\nexit 0\n");
    }

    private static async Task<bool> MountAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
