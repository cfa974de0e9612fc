using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>Where a change goes: the branch itself, or a pull request into it.</summary>
internal interface IDestination : IDisposable
{
    /// <summary>The commit to plan on, as it is now.</summary>
    /// <exception cref="GitException">It cannot be found out.</exception>
    Task<string> TipAsync(CancellationToken cancellation);

    /// <summary>Takes a plan that has something to write.</summary>
    /// <returns>What became of it; null when it is to be planned again on what the branch holds now.</returns>
    /// <exception cref="GitException">Something is in the way, or says no; nothing was written.</exception>
    Task<ChangeOutcome?> TryAsync(ChangePlan plan, DesiredState state, CancellationToken cancellation);

    /// <summary>Takes a plan that writes nothing.</summary>
    Task<ChangeOutcome> EndAsync(ChangePlan plan, ChangeEnd end, DesiredState state, CancellationToken cancellation);
}

/// <summary>The branch itself.</summary>
internal sealed class BranchDestination(IPublication publication, ChangeEnd done) : IDestination
{
    public Task<string> TipAsync(CancellationToken cancellation) => publication.TipAsync(cancellation);

    /// <summary>Once the remote has the commit the outcome stands, whatever happens in this clone.</summary>
    public async Task<ChangeOutcome?> TryAsync(ChangePlan plan, DesiredState state, CancellationToken cancellation) =>
        await publication.TryAsync(plan.ToCommit(state), cancellation) is { } published
            ? new ChangeOutcome(plan, done, published.Commit, published.Attempts, published.Note)
            : null;

    public Task<ChangeOutcome> EndAsync(ChangePlan plan, ChangeEnd end, DesiredState state, CancellationToken cancellation) => Task.FromResult(new ChangeOutcome(plan, end));

    public void Dispose()
    {
    }
}
