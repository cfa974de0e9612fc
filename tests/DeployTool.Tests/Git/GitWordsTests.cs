using System.Net;
using System.Net.Sockets;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Tests.Promotion;

namespace FaceEdge.Deploy.Tests.Git;

/// <summary>What git, its hooks, its helpers and its servers say reaches the operator in their words.</summary>
public sealed class GitWordsTests
{
    private static readonly string New = SitesRepository.Pinned("2.0.0", 'a');

    public static TheoryData<string, string> Said => new()
    {
        { "fatal: unable to access 'https://git.example.com/': Could not resolve host: git.example.com\n", "unable to access 'https://git.example.com/': Could not resolve host: git.example.com" },
        { "ssh: connect to host git.example.com port 22: Connection refused\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\n", "ssh: connect to host git.example.com port 22: Connection refused" },
        { "Warning: Permanently added 'git.example.com' (ED25519) to the list of known hosts.\nPermission denied (publickey).\nfatal: Could not read from remote repository.\n", "Permission denied (publickey)" },
        { "remote: \nremote: ========\nremote: Repository not found.\nfatal: repository 'https://git.example.com/' not found\n", "Repository not found" },
        { "error: gpg failed to sign the data:\ngpg: skipped \"nobody\": No secret key\n[GNUPG:] INV_SGNR 9 nobody\nfatal: failed to write commit object\n", "gpg failed to sign the data: gpg: skipped \"nobody\": No secret key" },
        { "gpg: skipped \"nobody\": No secret key\ngpg: signing failed: No secret key\nerror: gpg failed to sign the data\nfatal: failed to write commit object\n", "gpg: skipped \"nobody\": No secret key" },
        { "hint: use --reapply-cherry-picks\nwarning: redirecting to https://b.example.com/\n", "exit code 128, and no word of why" },
        { "", "exit code 128, and no word of why" },
    };

    /// <summary>What <c>git push --porcelain</c> prints of the reference, and whether the race was lost or the remote said no.</summary>
    public static TheoryData<string, bool, bool> Statuses => new()
    {
        { "!\t1234:refs/heads/main\t[rejected] (non-fast-forward)", true, false },
        { "!\t1234:refs/heads/main\t[rejected] (fetch first)", true, false },
        { "!\t1234:refs/heads/main\t[rejected] (stale info)", true, false },
        { "!\t1234:refs/heads/main\t[remote rejected] (cannot lock ref 'refs/heads/main': is at 1 but expected 2)", true, true },
        { "!\t1234:refs/heads/main\t[remote rejected] (incorrect old value provided)", true, true },
        { "!\t1234:refs/heads/main\t[remote rejected] (failed to update ref)", true, true },
        { "!\t1234:refs/heads/main\t[remote rejected] (pre-receive hook declined)", false, true },
        { "!\t1234:refs/heads/main\t[remote rejected] (TF402455: Pushes to this branch are not permitted (non-fast-forward or not); use a pull request)", false, true },
        { " \t1234:refs/heads/main\t1111111..2222222", false, false },
    };

    [Theory]
    [MemberData(nameof(Said))]
    public void The_first_cause_is_reported_in_the_words_of_who_said_it(string error, string cause) => Assert.Equal(cause, new GitResult(128, "", error).Cause);

    /// <summary>What is said of a remote that is not reached, and what is to be done about it.</summary>
    [Theory]
    [InlineData("unable to access 'https://git.example.com/x.git/': server certificate verification failed. CAfile: none CRLfile: none", "let git trust who issued the certificate: git config http.sslCAInfo FILE, or the system's store")]
    [InlineData("unable to access 'https://git.example.com/x.git/': SSL certificate problem: certificate has expired", "have the server's certificate renewed")]
    [InlineData("unable to write loose object file: No space left on device", "make room on the disk")]
    [InlineData("insufficient permission for adding an object to repository database .git/objects", "give yourself the right to write there")]
    [InlineData("git@git.example.com: Permission denied (publickey)", "give git a login for it: a credential helper, or an SSH key that it knows")]
    [InlineData("could not read Username for 'https://git.example.com': terminal prompts disabled", "give git a login for it: a credential helper, or an SSH key that it knows")]
    [InlineData("Host key verification failed", "compare the host's key, and add it to known_hosts with ssh-keyscan")]
    [InlineData("unable to access 'https://git.example.com/x.git/': Could not resolve host: git.example.com", "check the host's name (git remote -v) and the network")]
    [InlineData("repository 'https://git.example.com/x.git/' not found", "check the address: git remote -v")]
    [InlineData("ssh: connect to host git.example.com port 22: Connection refused", "check the connection")]
    [InlineData("no end after 60 s, and so it was stopped", "check the connection")]
    public void The_remedy_fits_the_cause(string cause, string remedy) => Assert.Equal($"{remedy}, then run it again", RemoteRemedy.For(cause));

    [Theory]
    [MemberData(nameof(Statuses))]
    public void The_status_line_of_the_reference_alone_says_what_became_of_it(string line, bool isLost, bool isRejected)
    {
        var porcelain = $"To git.example.com:sites.git\n!\t1234:refs/heads/other\t[rejected] (fetch first)\n{line}\nDone\n";

        var status = PushStatus.Find(porcelain, "refs/heads/main")!;

        Assert.Equal((isLost, isRejected), (status.IsLostRace, status.IsRemoteRejected));
    }

    [Fact]
    public void A_push_that_did_not_come_to_the_reference_has_no_status() =>
        Assert.Null(PushStatus.Find("To git.example.com:sites.git\n! main non-fast-forward\n", "refs/heads/main"));

    /// <summary>It was pushed 40 times in a minute, and then the reason was false.</summary>
    [Fact]
    public async Task A_hook_that_speaks_of_a_lost_race_is_a_no_all_the_same()
    {
        using var sites = await SitesRepository.CreateAsync();
        await sites.HookPushesAsync("echo x >>pushes; echo '! [rejected] main -> main (non-fast-forward)' >&2; exit 1");

        var run = await sites.PromoteAsync("qa", New);

        Assert.Equal(
            (1, "error: origin refused the push: ! [rejected] main -> main (non-fast-forward) (pre-receive hook declined): see the branch policies and hooks of the remote"),
            (run.Status, run.Error));
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(sites.Remote, "pushes"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_clones_own_hook_is_named_and_reported_in_its_words()
    {
        using var sites = await SitesRepository.CreateAsync();
        await sites.HookCloneAsync("pre-push", "echo 'No pushes on Fridays.' >&2; exit 1");

        var run = await sites.PromoteAsync("qa", New);

        Assert.Equal((1, "error: this clone's pre-push hook says no: No pushes on Fridays: do what the hook asks for, and run it again"), (run.Status, run.Error));
    }

    [Fact]
    public async Task A_process_that_a_hook_leaves_behind_is_not_waited_for()
    {
        using var sites = await SitesRepository.CreateAsync();
        await sites.HookCloneAsync("pre-push", "sleep 300 & echo $! >left; echo checked >&2; exit 1");
        try
        {
            var run = await sites.PromoteAsync("qa", New).WaitAsync(TimeSpan.FromMinutes(4), TestContext.Current.CancellationToken);

            Assert.Equal(1, run.Status);
            Assert.Contains("says no: checked", run.Error, StringComparison.Ordinal);
        }
        finally
        {
            await new GitProcess(sites.Clone).TryAsync(CancellationToken.None, "-c", "alias.end=!kill $(cat left)", "end");
        }
    }

    [Fact]
    public async Task A_key_that_signs_nothing_is_reported_in_gpgs_words()
    {
        using var sites = await SitesRepository.CreateAsync();
        await sites.HookCloneAsync("sign", "echo 'gpg: skipped \"nobody\": No secret key' >&2; exit 2");
        await sites.GitAsync("config", "gpg.program", Path.Combine(sites.Clone, ".git/hooks/sign"));
        await sites.GitAsync("config", "commit.gpgSign", "true");

        var run = await sites.PromoteAsync("qa", New);

        Assert.Equal(2, run.Status);
        Assert.StartsWith(
            "error: git cannot sign the commit: gpg: skipped \"nobody\": No secret key: set user.signingKey to a key that is here", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_work_tree_that_git_does_not_read_is_reported_in_gits_words()
    {
        using var sites = await SitesRepository.CreateAsync();
        await File.AppendAllTextAsync(Path.Combine(sites.Clone, ".git/config"), "[broken\n", TestContext.Current.CancellationToken);

        var run = await sites.RunAsync("status");

        Assert.Equal(2, run.Status);
        Assert.Matches(@"^error: git does not read .*: bad config line \d+ in file .*: fix what it says$", run.Error);
    }

    [Fact]
    public async Task A_git_that_does_not_end_is_stopped_and_reported_so()
    {
        using var sites = await SitesRepository.CreateAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var fetch = await sites.Git.TryAsync(
            TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken, "fetch", $"git://127.0.0.1:{port}/silent.git");

        Assert.False(fetch.Succeeded);
        Assert.Equal("no end after 1 s, and so it was stopped", fetch.Cause);
    }
}
