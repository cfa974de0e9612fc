namespace FaceEdge.Deploy.Git;

/// <summary>
/// Puts one commit on top of the branch that sites pull. When another push comes first, the change is not rebased as text but planned
/// again on what the branch now holds, so that its rules are checked against what it will really replace.
/// </summary>
internal sealed class Publication(GitRepository repository, TimeProvider time, IProgress<string> progress)
{
    /// <summary>With eight writers each round lands at least one push, so that losing this often means that something else is wrong.</summary>
    private const int Attempts = 40;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(3);

    /// <summary>
    /// A lost race shows as a branch that moved. Another's lock may be held a moment longer than the branch stands still; after this many pushes
    /// on one commit, some seconds, nobody else is pushing.
    /// </summary>
    private const int PushesOnOneTip = 8;

    /// <summary>Plans on the remote branch's newest commit and pushes, until it lands. A plan of null says that there is nothing to do.</summary>
    /// <returns>The commit and the number of attempts; null when there was nothing to do.</returns>
    /// <exception cref="GitException">The race was not won.</exception>
    public async Task<Published?> PushAsync(
        RemoteBranch target, Func<string, CancellationToken, Task<PlannedCommit?>> plan, CancellationToken cancellation)
    {
        var draft = new CommitDraft(repository, time);
        var (last, pushes) = ("", 0);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var tip = await target.FetchAsync(cancellation);
            pushes = tip == last ? pushes + 1 : 1;
            last = tip;
            if (await plan(tip, cancellation) is not { } planned)
            {
                return null;
            }

            var commit = await draft.CreateAsync(planned.Parent, planned.Changes, planned.Message, cancellation);
            cancellation.ThrowIfCancellationRequested();
            var push = await target.PushAsync(commit, cancellation);
            if (push.Landed)
            {
                var left = await new WorkTreeUpdate(repository).FastForwardAsync(target.Branch, commit, cancellation);
                return new Published(commit, attempt + 1, left);
            }

            if (pushes == PushesOnOneTip)
            {
                throw GitException.Refused(
                    $"{target.Remote} refused {PushesOnOneTip} pushes while {target.Branch} did not move: {push.Reason}", "see whether the remote's references can be written");
            }

            progress.Report($"{target.Branch} moved while this was planned; planning again (attempt {attempt + 2})");
            await Task.Delay(DelayAfter(attempt), time, cancellation);
        }

        throw GitException.Unavailable($"{target.Remote}/{target.Branch} moved before each of {Attempts} pushes", "run it again when fewer write to it");
    }

    /// <summary>Commits on top of the checked-out commit and pushes nothing.</summary>
    public async Task<Published?> CommitAsync(Func<string, CancellationToken, Task<PlannedCommit?>> plan, CancellationToken cancellation)
    {
        var branch = await repository.CurrentBranchAsync(cancellation)
            ?? throw GitException.Unusable("HEAD is detached, so that --no-push has no branch to commit on", "check out a branch: git switch");
        var head = await repository.ResolveAsync("HEAD", cancellation)
            ?? throw GitException.Unusable($"{branch} has no commit yet", "commit the sites folder first");
        if (await plan(head, cancellation) is not { } planned)
        {
            return null;
        }

        var commit = await new CommitDraft(repository, time).CreateAsync(planned.Parent, planned.Changes, planned.Message, cancellation);
        var left = await new WorkTreeUpdate(repository).FastForwardAsync(branch, commit, cancellation);
        return left is null
            ? new Published(commit, 1, null)
            : throw GitException.Unusable($"the work tree was not changed: {left}", "move it aside and run it again");
    }

    /// <summary>Full jitter: uniform up to a ceiling that doubles with each attempt (Brooker, "Exponential Backoff And Jitter", 2015).</summary>
    private static TimeSpan DelayAfter(int attempt)
    {
        var ceiling = Math.Min(LongestDelay.TotalMilliseconds, FirstDelay.TotalMilliseconds * Math.Pow(2, attempt));
        return TimeSpan.FromMilliseconds(1 + (Random.Shared.NextDouble() * ceiling));
    }
}

/// <summary>A change ready to be committed.</summary>
internal sealed record PlannedCommit(GitTree Parent, IReadOnlyList<FileChange> Changes, string Message);

/// <summary>A commit that is where it should be.</summary>
/// <param name="Commit">Full hash.</param>
/// <param name="Attempts">Pushes tried.</param>
/// <param name="WorkTreeLeft">Why the local work tree was not brought forward; null when it was.</param>
internal sealed record Published(string Commit, int Attempts, string? WorkTreeLeft);
