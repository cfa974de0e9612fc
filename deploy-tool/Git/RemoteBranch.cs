namespace FaceEdge.Deploy.Git;

/// <summary>The branch of the remote that sites pull from.</summary>
internal sealed class RemoteBranch
{
    /// <summary>For a branch's newest commits; a remote that has not sent them by then accepts and does not answer.</summary>
    private static readonly TimeSpan FetchLimit = TimeSpan.FromMinutes(1);

    private readonly GitRepository _repository;

    private RemoteBranch(GitRepository repository, string remote, string branch)
    {
        _repository = repository;
        Remote = remote;
        Branch = branch;
    }

    public string Remote { get; }

    public string Branch { get; }

    private string Tracking => $"refs/remotes/{Remote}/{Branch}";

    /// <summary>The branch named, else the upstream of the current branch.</summary>
    public static async Task<RemoteBranch> FindAsync(
        GitRepository repository, string? remote, string? branch, CancellationToken cancellation)
    {
        var current = await repository.CurrentBranchAsync(cancellation);
        if ((branch ?? current) is not { } local)
        {
            throw GitException.Unusable("HEAD is detached, so that no branch is known", "name it with --branch");
        }

        remote ??= await ConfigAsync(repository, $"branch.{local}.remote", cancellation) ?? "origin";
        var upstream = branch ?? await ConfigAsync(repository, $"branch.{local}.merge", cancellation) ?? local;
        if (await ConfigAsync(repository, $"remote.{remote}.url", cancellation) is null)
        {
            throw GitException.Unusable($"the repository has no remote '{remote}'", "name one with --remote, or commit without: --no-push");
        }

        return new RemoteBranch(repository, remote, upstream.StartsWith("refs/heads/", StringComparison.Ordinal) ? upstream[11..] : upstream);
    }

    /// <summary>Another branch of the same remote.</summary>
    public RemoteBranch Beside(string branch) => new(_repository, Remote, branch);

    /// <summary>Where the remote is.</summary>
    public async Task<string> AddressAsync(CancellationToken cancellation) =>
        (await _repository.Git.RunAsync(cancellation, "remote", "get-url", "--push", Remote)).Trim();

    /// <summary>Fetches the branch and returns the commit it is at.</summary>
    public async Task<string> FetchAsync(CancellationToken cancellation) =>
        await TryFetchAsync(cancellation) ?? throw GitException.Unusable($"{Remote} has no branch '{Branch}'", "name the branch that sites pull with --branch");

    /// <summary>Fetches the branch; null when the remote has no such branch.</summary>
    public async Task<string?> TryFetchAsync(CancellationToken cancellation)
    {
        var fetch = await _repository.Git.TryAsync(
            FetchLimit, cancellation, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", Remote, $"+refs/heads/{Branch}:{Tracking}");
        if (fetch.Succeeded && await _repository.ResolveAsync(Tracking, cancellation) is { } commit)
        {
            return commit;
        }

        return fetch.Error.Contains("couldn't find remote ref", StringComparison.Ordinal)
            ? null
            : throw GitException.Unavailable($"git fetch from {Remote} failed: {fetch.Cause}", RemoteRemedy.For(fetch.Cause));
    }

    /// <summary>Moves the branch forward to <paramref name="commit"/> unless it has moved meanwhile.</summary>
    /// <exception cref="GitException">A hook or the remote says no, or the remote is away.</exception>
    public Task<PushOutcome> PushAsync(string commit, CancellationToken cancellation) => PushAsync(commit, [], cancellation);

    /// <summary>Moves the branch to <paramref name="commit"/>, wherever that leads, if the remote still has it at <paramref name="expected"/>.</summary>
    /// <param name="commit">Full hash.</param>
    /// <param name="expected">Full hash; null when the remote is to have no such branch.</param>
    /// <param name="cancellation">Stops what comes after the push.</param>
    /// <exception cref="GitException">A hook or the remote says no, or the remote is away.</exception>
    public Task<PushOutcome> ReplaceAsync(string commit, string? expected, CancellationToken cancellation) =>
        PushAsync(commit, [$"--force-with-lease=refs/heads/{Branch}:{expected}"], cancellation);

    private async Task<PushOutcome> PushAsync(string commit, string[] options, CancellationToken cancellation)
    {
        // Cancelling would leave unknown whether the remote took it, so that a push is always waited for.
        var push = await _repository.Git.TryAsync(CancellationToken.None, ["push", "--porcelain", .. options, Remote, $"{commit}:refs/heads/{Branch}"]);
        if (push.Succeeded)
        {
            return PushOutcome.Done;
        }

        var status = PushStatus.Find(push.Output, $"refs/heads/{Branch}");
        if (status is { IsLostRace: true })
        {
            return new PushOutcome(false, status.Reason);
        }

        if (status is { IsRemoteRejected: true })
        {
            var words = push.RemoteWords;
            throw GitException.Refused(
                $"{Remote} refused the push: {(words.Length > 0 ? $"{words} ({status.Reason})" : status.Reason)}", "see the branch policies and hooks of the remote");
        }

        if (push.Stopped is null && status is null && await HookSaidNoAsync(push, cancellation))
        {
            throw GitException.Refused($"this clone's pre-push hook says no: {push.AllWords}", "do what the hook asks for, and run it again");
        }

        return await HoldsAsync(commit, push, cancellation)
            ? PushOutcome.Done
            : throw GitException.Unavailable($"git push to {Remote} failed: {push.Cause}", RemoteRemedy.For(push.Cause));
    }

    /// <summary>Git ends with 1 and no word of its own on any reference when the clone's hook said no; a connection that fails ends it with 128.</summary>
    private async Task<bool> HookSaidNoAsync(GitResult push, CancellationToken cancellation)
    {
        const int Rejected = 1;
        var hook = await _repository.Git.TryAsync(cancellation, "rev-parse", "--git-path", "hooks/pre-push");
        return push.ExitCode == Rejected && hook.Succeeded && File.Exists(Path.Combine(_repository.Root, hook.Output.TrimEnd('\n')));
    }

    /// <summary>A connection may break after the remote has taken the commit: asks whether it has.</summary>
    /// <exception cref="GitException">The remote cannot be asked either: what came of the push is not known.</exception>
    private async Task<bool> HoldsAsync(string commit, GitResult push, CancellationToken cancellation)
    {
        try
        {
            return await _repository.IsAncestorAsync(commit, await FetchAsync(cancellation), cancellation);
        }
        catch (GitException exception)
        {
            throw GitException.Unavailable(
                $"git push to {Remote} failed: {push.Cause}",
                $"whether {Remote} took {commit[..12]} is not known, since it cannot be asked now; run it again when it answers",
                exception);
        }
    }

    private static async Task<string?> ConfigAsync(GitRepository repository, string key, CancellationToken cancellation)
    {
        var setting = await repository.Git.TryAsync(cancellation, "config", "--get", key);
        return setting.Succeeded ? setting.Output.Trim() : null;
    }
}

/// <summary>What became of a push.</summary>
/// <param name="Landed">The remote branch holds the commit; otherwise the branch had moved: plan again on what it holds now.</param>
/// <param name="Reason">In the remote's words why it did not land; empty when it did.</param>
internal sealed record PushOutcome(bool Landed, string Reason)
{
    public static PushOutcome Done { get; } = new(true, "");
}

/// <summary>What to do about a remote that a fetch or a push does not reach, by what was said of it.</summary>
internal static class RemoteRemedy
{
    /// <summary>Words of git, curl, ssh and the system; the first that occur decide.</summary>
    private static readonly (string[] Words, string Remedy)[] Known =
    [
        (["No space left on device", "Disk quota exceeded"], "make room on the disk"),
        (["insufficient permission for adding an object", "Read-only file system"], "give yourself the right to write there"),
        (["certificate has expired", "expired certificate"], "have the server's certificate renewed"),
        (["certificate", "self signed", "self-signed"], "let git trust who issued the certificate: git config http.sslCAInfo FILE, or the system's store"),
        (["Host key verification failed", "host key"], "compare the host's key, and add it to known_hosts with ssh-keyscan"),
        (
            [
                "Permission denied (", "terminal prompts disabled", "could not read Username", "could not read Password", "Authentication failed",
                "Access denied", "invalid credentials", "error: 401", "error: 403", "TF401019", "TF400813",
            ],
            "give git a login for it: a credential helper, or an SSH key that it knows"),
        (["Could not resolve host", "Name or service not known", "Temporary failure in name resolution"], "check the host's name (git remote -v) and the network"),
        (["does not appear to be a git repository", "not found", "error: 404", "does not exist"], "check the address: git remote -v"),
    ];

    /// <summary>The remedy for a cause, as an imperative sentence.</summary>
    public static string For(string cause)
    {
        var remedy = Array.Find(Known, one => Array.Exists(one.Words, words => cause.Contains(words, StringComparison.OrdinalIgnoreCase))).Remedy;
        return $"{remedy ?? "check the connection"}, then run it again";
    }
}
