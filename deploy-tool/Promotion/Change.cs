using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>
/// The spine of promote, rollback, rollout, configure and all else that writes a commit: begin, read, plan, publish, end. Only the plan differs.
/// <see cref="Promotion"/> shows its steps.
/// </summary>
internal sealed class Change(GitRepository repository, TimeProvider time, IProgress<string> progress)
{
    /// <summary>
    /// Commits and publishes what is planned, unless the plan says no, has nothing to do or is for a dry run. Once the remote has the commit the
    /// outcome stands, whatever happens in this clone.
    /// </summary>
    /// <param name="planAsync">What is to be done, given the branch that sites pull and how it came to be so; asked again when another push came first.</param>
    /// <param name="options">How the change is made.</param>
    /// <param name="cancellation">Stops it until the push.</param>
    /// <exception cref="GitException">Something is in the way, or says no; nothing was written.</exception>
    /// <exception cref="SitesException">A file of the sites folder cannot be used; nothing was written.</exception>
    public async Task<ChangeOutcome> RunAsync(
        Func<DesiredState, PromotionHistory, Task<ChangePlan>> planAsync, ChangeOptions options, CancellationToken cancellation)
    {
        // 1. Begin.
        using var alone = await CloneLock.TakeAsync(repository, time, progress, cancellation);
        await PrepareAsync(alone, options, cancellation);
        using var destination = await OpenAsync(options, cancellation);
        while (true)
        {
            // 2. Read.
            var tip = await destination.TipAsync(cancellation);
            var state = await DesiredState.ReadAsync(repository, tip, cancellation);
            var history = await PromotionHistory.ReadAsync(repository.Git, tip, cancellation);

            // 3. Plan.
            var plan = await planAsync(state, history);

            // 4. Publish.
            if (await TryPublishAsync(destination, plan, state, options, cancellation) is { } outcome)
            {
                // 5. End.
                return outcome;
            }
        }
    }

    /// <summary>Sets right what a killed run left, and asks for a clean sites folder where the change writes to it.</summary>
    private async Task PrepareAsync(CloneLock alone, ChangeOptions options, CancellationToken cancellation)
    {
        if (alone.KilledSince is { } began)
        {
            progress.Report("clearing away what a killed run left in this clone");
            await new CrashRecovery(repository, time).ClearAsync(began, cancellation);
        }

        await WorkTreeUpdate.ResumeAsync(repository, cancellation);
        if (options is { DryRun: false, TakesWorkTree: false, PullRequest: null })
        {
            await repository.RequireCleanAsync(DesiredState.SitesFolder, cancellation);
        }
    }

    private async Task<IDestination> OpenAsync(ChangeOptions options, CancellationToken cancellation)
    {
        if (options.NoPush)
        {
            return new BranchDestination(await LocalPublication.OpenAsync(repository, time, cancellation), ChangeEnd.Committed);
        }

        var target = await RemoteBranch.FindAsync(repository, options.Remote, options.Branch, cancellation);
        progress.Report($"planning on {target.Remote}/{target.Branch}");
        return options.PullRequest is { } proposal
            ? new PullRequestDestination(repository, target, proposal, time, progress)
            : new BranchDestination(new RemotePublication(repository, target, time, progress), ChangeEnd.Pushed);
    }

    /// <summary>Null when another push came first: read and plan again.</summary>
    private static async Task<ChangeOutcome?> TryPublishAsync(
        IDestination destination, ChangePlan plan, DesiredState state, ChangeOptions options, CancellationToken cancellation)
    {
        if (plan.IsRefused || plan.IsNothingToDo || plan.Message is null || options.DryRun)
        {
            return await destination.EndAsync(plan, plan.IsRefused ? ChangeEnd.Refused : plan.IsNothingToDo ? ChangeEnd.NothingToDo : ChangeEnd.DryRun, state, cancellation);
        }

        return await destination.TryAsync(plan, state, cancellation);
    }
}
