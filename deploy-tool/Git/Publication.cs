namespace FaceEdge.Deploy.Git;

/// <summary>Where a change goes: a commit to plan on, and a commit put on top of it.</summary>
internal interface IPublication
{
    /// <summary>The commit to plan on, as it is now.</summary>
    /// <exception cref="GitException">It cannot be found out.</exception>
    Task<string> TipAsync(CancellationToken cancellation);

    /// <summary>Commits, and puts the commit where it belongs. Once it is there, nothing that happens makes this fail.</summary>
    /// <returns>The commit; null when another came first: plan again on the new tip, whose turn was waited for.</returns>
    /// <exception cref="GitException">Something is in the way, or says no; nothing was written.</exception>
    Task<Published?> TryAsync(PlannedCommit planned, CancellationToken cancellation);
}

/// <summary>
/// Puts one commit on top of the branch that sites pull. When another push comes first, the change is not rebased as text but planned
/// again on what the branch now holds, so that its rules are checked against what it will really replace.
/// </summary>
internal sealed class RemotePublication(GitRepository repository, RemoteBranch target, TimeProvider time, IProgress<string> progress) : IPublication
{
    private readonly CommitDraft _draft = new(repository, time);
    private readonly PushRace _race = new(target, time, progress);

    public async Task<string> TipAsync(CancellationToken cancellation) => _race.Begin(await target.FetchAsync(cancellation));

    public async Task<Published?> TryAsync(PlannedCommit planned, CancellationToken cancellation)
    {
        var commit = await _draft.CreateAsync(planned.Parent, planned.Changes, planned.Message.SkippingBuilds(), cancellation);
        var update = await WorkTreeUpdate.PrepareAsync(repository, target.Branch, commit, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var push = await target.PushAsync(commit, cancellation);
        _race.Pushed();
        if (push.Landed)
        {
            return new Published(commit, _race.Attempts, (await update.BringForwardAsync())?.Note);
        }

        await _race.LostAsync(push.Reason, cancellation);
        return null;
    }
}

/// <summary>Commits on top of the checked-out commit and pushes nothing. Nobody else writes there while the clone's lock is held.</summary>
internal sealed class LocalPublication(GitRepository repository, string branch, TimeProvider time) : IPublication
{
    /// <exception cref="GitException">No branch is checked out.</exception>
    public static async Task<LocalPublication> OpenAsync(GitRepository repository, TimeProvider time, CancellationToken cancellation)
    {
        var branch = await repository.CurrentBranchAsync(cancellation)
            ?? throw GitException.Unusable("HEAD is detached, so that --no-push has no branch to commit on", "check out a branch: git switch");
        return new LocalPublication(repository, branch, time);
    }

    public async Task<string> TipAsync(CancellationToken cancellation) =>
        await repository.ResolveAsync("HEAD", cancellation)
            ?? throw GitException.Unusable($"{branch} has no commit yet", "commit the sites folder first");

    public async Task<Published?> TryAsync(PlannedCommit planned, CancellationToken cancellation)
    {
        var commit = await new CommitDraft(repository, time).CreateAsync(planned.Parent, planned.Changes, planned.Message.SkippingBuilds(), cancellation);
        var update = await WorkTreeUpdate.PrepareAsync(repository, branch, commit, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var left = await update.BringForwardAsync();
        return await repository.ResolveAsync("refs/heads/" + branch, CancellationToken.None) == commit
            ? new Published(commit, 0, left?.Note)
            : throw GitException.Unusable($"{branch} was not moved: {left?.Reason}", "see to that, then run it again");
    }
}

/// <summary>A change ready to be committed.</summary>
internal sealed record PlannedCommit(GitTree Parent, IReadOnlyList<FileChange> Changes, CommitMessage Message);

/// <summary>A commit that is where it should be.</summary>
/// <param name="Commit">Full hash.</param>
/// <param name="Attempts">Pushes tried; 0 where none was asked for.</param>
/// <param name="Note">Why the clone's own branch and files are not at the commit; null when they are.</param>
internal sealed record Published(string Commit, int Attempts, string? Note);
