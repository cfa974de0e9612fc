using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>Carries a plan out: dry, as a local commit, or pushed with as many new plans as the race takes.</summary>
internal sealed class ChangeRunner(GitRepository repository, TimeProvider time, IProgress<string> progress)
{
    /// <summary>Plans with <paramref name="plan"/> on the newest state and carries it out unless something says no.</summary>
    public async Task<ChangeResult> RunAsync(
        ChangeOptions options, Func<DesiredState, PromotionHistory, CancellationToken, Task<ChangePlan>> plan, CancellationToken cancellation)
    {
        using var alone = await CloneLock.TakeAsync(repository, time, progress, cancellation);
        if (alone.KilledRun is { } began)
        {
            progress.Report("clearing away what a killed run left in this clone");
            await new KilledRun(repository, time).ClearAsync(began, cancellation);
        }

        await new WorkTreeUpdate(repository).ResumeAsync(cancellation);
        if (!options.DryRun)
        {
            await repository.RequireCleanAsync(DesiredState.SitesFolder, cancellation);
        }

        ChangePlan? last = null;
        var publication = new Publication(repository, time, progress);
        if (options.NoPush)
        {
            var committed = await publication.CommitAsync(PlanAsync, cancellation);
            return new ChangeResult(last!, committed);
        }

        var target = await RemoteBranch.FindAsync(repository, options.Remote, options.Branch, cancellation);
        progress.Report($"planning on {target.Remote}/{target.Branch}");
        var published = await publication.PushAsync(target, PlanAsync, cancellation);
        return new ChangeResult(last!, published);

        async Task<PlannedCommit?> PlanAsync(string commit, CancellationToken stop)
        {
            var state = await DesiredState.ReadAsync(repository, commit, stop);
            var history = await PromotionHistory.ReadAsync(repository.Git, commit, stop);
            last = await plan(state, history, stop);
            return options.DryRun || last.Refused || last.NothingToDo || last.Message is null
                ? null
                : new PlannedCommit(state.Tree, last.Change!.Files, last.Message);
        }
    }
}
