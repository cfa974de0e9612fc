using System.Text.RegularExpressions;

namespace FaceEdge.Deploy.Git;

/// <summary>The branch of the remote that sites pull from.</summary>
internal sealed partial class RemoteBranch
{
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
            throw DeployException.BadInput("HEAD is detached, so that no branch is known", "name it with --branch");
        }

        remote ??= await ConfigAsync(repository, $"branch.{local}.remote", cancellation) ?? "origin";
        var upstream = branch ?? await ConfigAsync(repository, $"branch.{local}.merge", cancellation) ?? local;
        if (await ConfigAsync(repository, $"remote.{remote}.url", cancellation) is null)
        {
            throw DeployException.BadInput($"the repository has no remote '{remote}'", "name one with --remote, or commit without: --no-push");
        }

        return new RemoteBranch(repository, remote, upstream.StartsWith("refs/heads/", StringComparison.Ordinal) ? upstream[11..] : upstream);
    }

    /// <summary>Fetches the branch; the answer is the commit it is at.</summary>
    public async Task<string> FetchAsync(CancellationToken cancellation)
    {
        var fetch = await _repository.Git.TryAsync(
            cancellation, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", Remote, $"+refs/heads/{Branch}:{Tracking}");
        if (fetch.Succeeded && await _repository.ResolveAsync(Tracking, cancellation) is { } commit)
        {
            return commit;
        }

        throw fetch.Error.Contains("couldn't find remote ref", StringComparison.Ordinal)
            ? DeployException.BadInput($"{Remote} has no branch '{Branch}'", "name the branch that sites pull with --branch")
            : DeployException.Undecided($"git fetch from {Remote} failed: {fetch.LastError}", "check the connection and credentials, then run it again");
    }

    /// <summary>Moves the branch to <paramref name="commit"/> unless it has moved meanwhile.</summary>
    public async Task<PushOutcome> PushAsync(string commit, CancellationToken cancellation)
    {
        // Cancelling would leave unknown whether the remote took it: a push is short, so it is always waited for.
        var push = await _repository.Git.TryAsync(CancellationToken.None, "push", "--porcelain", Remote, $"{commit}:refs/heads/{Branch}");
        if (push.Succeeded)
        {
            return PushOutcome.Landed;
        }

        var said = push.Output + push.Error;
        if (LostRace().IsMatch(said))
        {
            return PushOutcome.Lost;
        }

        // A connection may break after the remote has taken the commit.
        if (await _repository.IsAncestorAsync(commit, await FetchAsync(cancellation), cancellation))
        {
            return PushOutcome.Landed;
        }

        throw said.Contains("[remote rejected]", StringComparison.Ordinal)
            ? DeployException.Refused($"{Remote} refused the push: {Reason(said)}", "see the branch policies and hooks of the remote")
            : DeployException.Undecided($"git push to {Remote} failed: {push.LastError}", "check the connection and credentials, then run it again");
    }

    private static string Reason(string said) =>
        Array.Find(said.Split('\n'), line => line.Contains("[remote rejected]", StringComparison.Ordinal))!.Trim('!', '\t', ' ');

    private static async Task<string?> ConfigAsync(GitRepository repository, string key, CancellationToken cancellation)
    {
        var answer = await repository.Git.TryAsync(cancellation, "config", "--get", key);
        return answer.Succeeded ? answer.Output.Trim() : null;
    }

    /// <summary>What git and its servers say when someone else's push came first (github.com/akuity/kargo, issues 3071 and 5286).</summary>
    [GeneratedRegex("non-fast-forward|cannot lock ref|incorrect old value provided|fetch first|stale info|failed to update ref|failed to lock", RegexOptions.IgnoreCase)]
    private static partial Regex LostRace();
}
