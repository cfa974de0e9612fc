using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>
/// A change under way in one clone: the spine of promote, rollback, rollout and configure. Each reads, plans and publishes, and does so again
/// when another push came first:
/// <code>
/// using var change = await Change.BeginAsync(…);
/// do { plan = Plan(await change.ReadAsync(…)); } while (!await change.TryPublishAsync(plan, …));
/// return change.Outcome;
/// </code>
/// </summary>
internal sealed class Change : IDisposable
{
    private readonly GitRepository _repository;
    private readonly ChangeOptions _options;
    private readonly CloneLock _lock;
    private readonly IPublication _publication;
    private ChangeOutcome? _outcome;

    private Change(GitRepository repository, ChangeOptions options, CloneLock alone, IPublication publication)
    {
        _repository = repository;
        _options = options;
        _lock = alone;
        _publication = publication;
    }

    /// <summary>What became of the change, once it is published or said no to.</summary>
    public ChangeOutcome Outcome => _outcome ?? throw new InvalidOperationException("The change is not at its end.");

    /// <summary>Waits to be alone in the clone, sets right what a killed run left there, and finds the branch to publish on.</summary>
    /// <exception cref="GitException">The clone is not fit for a change; nothing was written.</exception>
    public static async Task<Change> BeginAsync(
        GitRepository repository, ChangeOptions options, TimeProvider time, IProgress<string> progress, CancellationToken cancellation)
    {
        var alone = await CloneLock.TakeAsync(repository, time, progress, cancellation);
        try
        {
            if (alone.KilledSince is { } began)
            {
                progress.Report("clearing away what a killed run left in this clone");
                await new CrashRecovery(repository, time).ClearAsync(began, cancellation);
            }

            await WorkTreeUpdate.ResumeAsync(repository, cancellation);
            if (options is { DryRun: false, TakesWorkTree: false })
            {
                await repository.RequireCleanAsync(DesiredState.SitesFolder, cancellation);
            }

            return new Change(repository, options, alone, await OpenAsync(repository, options, time, progress, cancellation));
        }
        catch
        {
            alone.Dispose();
            throw;
        }
    }

    /// <summary>What the branch that sites pull asks for now, and how it came to that.</summary>
    public async Task<(DesiredState State, PromotionHistory History)> ReadAsync(CancellationToken cancellation)
    {
        var tip = await _publication.TipAsync(cancellation);
        return (await DesiredState.ReadAsync(_repository, tip, cancellation), await PromotionHistory.ReadAsync(_repository.Git, tip, cancellation));
    }

    /// <summary>
    /// Commits and publishes the plan unless it says no, has nothing to do or is a dry run. Once the remote has the commit the outcome stands,
    /// whatever happens in this clone.
    /// </summary>
    /// <returns>False when another push came first: read and plan again.</returns>
    /// <exception cref="GitException">Something is in the way, or says no; nothing was written.</exception>
    public async Task<bool> TryPublishAsync(ChangePlan plan, DesiredState state, CancellationToken cancellation)
    {
        if (plan.IsRefused || plan.IsNothingToDo || plan.Message is null || _options.DryRun)
        {
            _outcome = new ChangeOutcome(plan, plan.IsRefused ? ChangeEnd.Refused : plan.IsNothingToDo ? ChangeEnd.NothingToDo : ChangeEnd.DryRun);
            return true;
        }

        var published = await _publication.TryAsync(new PlannedCommit(state.Tree, plan.Edits?.Files ?? [], plan.Message), cancellation);
        if (published is null)
        {
            return false;
        }

        _outcome = new ChangeOutcome(plan, _options.NoPush ? ChangeEnd.Committed : ChangeEnd.Pushed, published.Commit, published.Attempts, published.Note);
        return true;
    }

    public void Dispose() => _lock.Dispose();

    private static async Task<IPublication> OpenAsync(
        GitRepository repository, ChangeOptions options, TimeProvider time, IProgress<string> progress, CancellationToken cancellation)
    {
        if (options.NoPush)
        {
            return await LocalPublication.OpenAsync(repository, time, cancellation);
        }

        var target = await RemoteBranch.FindAsync(repository, options.Remote, options.Branch, cancellation);
        progress.Report($"planning on {target.Remote}/{target.Branch}");
        return new RemotePublication(repository, target, time, progress);
    }
}
