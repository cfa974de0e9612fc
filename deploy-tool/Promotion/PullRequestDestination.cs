using FaceEdge.Contracts;
using FaceEdge.Deploy.Forges;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>
/// A pull request into the branch: one for each kind of change and what it is about, which each further run brings up to date. Read it from
/// <see cref="ProposeAsync(ChangePlan, DesiredState, CancellationToken)"/> downwards.
/// </summary>
/// <remarks>
/// <code>
///  1  settled    is the pull request of this run merged or closed by now?                                        ◄──┐
///        │                                                                                                          │
///  2  find       ask the host for the branch's pull request, before anything is written                             │
///        │                                                                                                          │
///  3  push       one commit on a branch of its own; another's work on it is never overwritten                       │
///        │                                                                                                          │
///  4  propose    open it, or bring title and text up to date; labels; let the host merge it                         │
///        │                                                                                                          │
///  5  wait       where it was asked for, until somebody merges it ── the branch moved, or a while has gone by ──────┘
/// </code>
/// </remarks>
internal sealed class PullRequestDestination(
    GitRepository repository, RemoteBranch target, PullRequestOptions options, TimeProvider time, IProgress<string> progress) : IDestination
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);

    /// <summary>Gates may say something else by then.</summary>
    private static readonly TimeSpan PlanEvery = TimeSpan.FromMinutes(5);

    private readonly PushRace _race = new(target, time, progress);
    private readonly long _began = time.GetTimestamp();
    private IForge? _forge;
    private (PullRequest Pull, ChangePlan Plan, string Commit)? _proposed;

    /// <summary>A run that waits outlasts a remote that is away for a while.</summary>
    public async Task<string> TipAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return _race.Begin(await target.FetchAsync(cancellation));
            }
            catch (GitException exception) when (exception.IsUnavailable && _proposed is not null && time.GetElapsedTime(_began) < options.UntilMerged)
            {
                progress.Report(exception.Message);
                await Task.Delay(LookEvery, time, cancellation);
            }
        }
    }

    public async Task<ChangeOutcome?> TryAsync(ChangePlan plan, DesiredState state, CancellationToken cancellation)
    {
        try
        {
            return await ProposeAsync(plan, state, cancellation);
        }
        catch (ForgeException exception) when (exception.IsUnavailable && _proposed is not null && options.UntilMerged is not null)
        {
            // What was proposed waits on, whether it could be brought up to date or not.
            progress.Report(exception.Message);
            return await WaitAsync(options.UntilMerged.Value, state.Tree.Commit, cancellation);
        }
    }

    private async Task<ChangeOutcome?> ProposeAsync(ChangePlan plan, DesiredState state, CancellationToken cancellation)
    {
        // 1. Settled.
        if (await SettledAsync(cancellation) is { } settled)
        {
            return settled;
        }

        // 2. Find.
        var forge = await ConnectAsync(state.Policy, cancellation);
        var branch = new ProposedBranch(repository, target, target.Beside(plan.Branch), time);
        var known = await forge.FindAsync(branch.Name, target.Branch, cancellation);
        if (known is not { State: PullRequestState.Open } && await target.FetchAsync(cancellation) != state.Tree.Commit)
        {
            // It was merged while this was planned, or something else came first.
            _race.Pushed();
            await _race.LostAsync("", cancellation);
            return null;
        }

        // 3. Push.
        var (commit, lost) = await branch.TryPushAsync(plan.ToCommit(state), DesiredState.SitesFolder, IsPassing, cancellation);
        if (commit is null)
        {
            _race.Pushed();
            await _race.LostAsync(lost, cancellation);
            return null;
        }

        // 4. Propose.
        var (pull, note) = await ProposeAsync(forge, known, plan, branch.Name, commit, state.Policy.PullRequests, cancellation);
        var isFirst = _proposed?.Pull.Number != pull.Number;
        _proposed = (pull, plan, commit.Commit);
        if (options.UntilMerged is not { } limit)
        {
            return new ChangeOutcome(plan, ChangeEnd.Proposed, commit.Commit, _race.Attempts, note) { PullRequest = ProposedChange.Of(pull) };
        }

        // 5. Wait.
        if (isFirst)
        {
            progress.Report($"waiting for pull request {pull.Number} to be merged: {pull.Page.AbsoluteUri}{(note is null ? "" : $"; {note}")}");
        }

        return await WaitAsync(limit, state.Tree.Commit, cancellation);
    }

    /// <summary>Nothing is written, and so a pull request that is open for it is named.</summary>
    public async Task<ChangeOutcome> EndAsync(ChangePlan plan, ChangeEnd end, DesiredState state, CancellationToken cancellation)
    {
        if (end == ChangeEnd.DryRun)
        {
            return new ChangeOutcome(plan, end, Note: $"it would be proposed on {plan.Branch}, to be merged into {target.Branch}");
        }

        if (await SettledAsync(cancellation) is { } settled)
        {
            return settled;
        }

        try
        {
            var forge = await ConnectAsync(state.Policy, cancellation);
            return await forge.FindAsync(plan.Branch, target.Branch, cancellation) is { State: PullRequestState.Open } open
                ? new ChangeOutcome(plan, end, Note: $"pull request {open.Number} is open, and {(end == ChangeEnd.Refused ? "what it proposes is refused now" : "no longer needed")}: close it ({open.Page.AbsoluteUri})")
                : new ChangeOutcome(plan, end);
        }
        catch (ForgeException exception)
        {
            return new ChangeOutcome(plan, end, Note: $"whether a pull request is open is not known: {exception.Message}");
        }
    }

    public void Dispose() => _forge?.Dispose();

    private async Task<(PullRequest Pull, string? Note)> ProposeAsync(
        IForge forge, PullRequest? known, ChangePlan plan, string branch, ProposedCommit commit, PullRequestPolicy policy, CancellationToken cancellation)
    {
        var text = PullRequestText.Compose(plan, commit.Message, forge.LongestText);
        var draft = new PullRequestDraft(branch, target.Branch, plan.Message!.Subject, text, commit.Message.SkippingBuilds().BelowSubject());
        var notes = new List<string>();
        PullRequest pull;
        try
        {
            if (known is { State: PullRequestState.Open })
            {
                pull = known.Title == draft.Title && known.Text.Trim() == draft.Text.Trim() ? known : await forge.UpdateAsync(known.Number, draft, cancellation);
            }
            else
            {
                pull = await forge.OpenAsync(draft, cancellation);
                notes.AddRange(known is { State: PullRequestState.Closed } ? [$"pull request {known.Number} was closed and not merged; this is another"] : []);
            }
        }
        catch (ForgeException exception)
        {
            throw exception.After($"{branch} is pushed, and has no pull request that is up to date", "run it again: it goes on from there");
        }

        if (policy.Labels.Except(pull.Labels, StringComparer.OrdinalIgnoreCase).ToList() is { Count: > 0 } missing)
        {
            await NoteAsync(() => forge.LabelAsync(pull.Number, missing, cancellation), "it is not labelled");
        }

        if (options.AutoComplete || policy.AutoComplete)
        {
            await NoteAsync(() => forge.CompleteAutomaticallyAsync(pull, draft, cancellation), "it waits for somebody who merges it");
        }

        return (pull, notes.Count == 0 ? null : string.Join("; ", notes));

        // The pull request is there, and does its work without these.
        async Task NoteAsync(Func<Task> request, string consequence)
        {
            try
            {
                await request();
            }
            catch (ForgeException exception)
            {
                notes.Add($"{consequence}: {exception.Message}");
            }
        }
    }

    /// <summary>Null when it is to be planned again.</summary>
    /// <exception cref="ProposalException">Nobody merged it in time, or somebody closed it.</exception>
    private async Task<ChangeOutcome?> WaitAsync(TimeSpan limit, string planned, CancellationToken cancellation)
    {
        var waiting = time.GetTimestamp();
        while (time.GetElapsedTime(_began) < limit)
        {
            await Task.Delay(LookEvery, time, cancellation);
            try
            {
                if (await SettledAsync(cancellation) is { } settled)
                {
                    return settled;
                }

                if (time.GetElapsedTime(waiting) >= PlanEvery || await target.FetchAsync(cancellation) != planned)
                {
                    return null;
                }
            }
            catch (ForgeException exception) when (exception.IsUnavailable)
            {
                progress.Report(exception.Message);
            }
            catch (GitException exception) when (exception.IsUnavailable)
            {
                progress.Report(exception.Message);
            }
        }

        var pull = _proposed!.Value.Pull;
        throw ProposalException.Waits(pull);
    }

    /// <summary>What became of the pull request of this run; null while it waits, or where there is none yet.</summary>
    /// <exception cref="ProposalException">It was closed.</exception>
    private async Task<ChangeOutcome?> SettledAsync(CancellationToken cancellation)
    {
        if (_proposed is not var (pull, plan, commit))
        {
            return null;
        }

        var now = await _forge!.ReadAsync(pull.Number, cancellation);
        return now.State switch
        {
            PullRequestState.Merged => new ChangeOutcome(plan, ChangeEnd.Merged, now.MergeCommit ?? commit, _race.Attempts) { PullRequest = ProposedChange.Of(now) },
            PullRequestState.Closed => throw ProposalException.WasClosed(pull),
            _ => null,
        };
    }

    private async Task<IForge> ConnectAsync(DeliveryPolicy policy, CancellationToken cancellation) =>
        _forge ??= options.Connect(policy.PullRequests, await target.AddressAsync(cancellation));

    /// <summary>What gates say changes with the hour, and the run with each run: for these alone nobody has to look at the change again.</summary>
    private static bool IsPassing(string trailer) => trailer == PromotionTrailers.PipelineRun || trailer.StartsWith(PromotionTrailers.GatePrefix, StringComparison.Ordinal);
}

/// <summary>That a change waits as a pull request, and how.</summary>
/// <param name="Connect">Makes a client for the host, given what the policy says of it and the remote's address.</param>
/// <param name="AutoComplete">Whether the host is to merge it by itself, whatever the policy says.</param>
/// <param name="UntilMerged">How long to wait until it is merged; null not to wait.</param>
internal sealed record PullRequestOptions(Func<PullRequestPolicy, string, IForge> Connect, bool AutoComplete, TimeSpan? UntilMerged);

/// <summary>A pull request that was waited for and did not bring the change: nobody merged it in time, or somebody closed it.</summary>
internal sealed class ProposalException : ExplainedException
{
    private ProposalException(Failure failure, string message, string remedy)
        : base(failure, message, remedy, inner: null)
    {
    }

    public static ProposalException Waits(PullRequest pull) => new(
        Failure.Unavailable,
        $"pull request {pull.Number} is not merged yet ({pull.Page.AbsoluteUri})",
        "merge it, or close it to withdraw the change, and run this again");

    public static ProposalException WasClosed(PullRequest pull) => new(
        Failure.Refused, $"pull request {pull.Number} was closed and not merged ({pull.Page.AbsoluteUri})", "run this again to open another");
}

/// <summary>The pull request that a change waits in, or came by.</summary>
/// <param name="Number">What people call it by.</param>
/// <param name="Page">Where people see it.</param>
internal sealed record ProposedChange(int Number, string Page)
{
    public static ProposedChange Of(PullRequest pull) => new(pull.Number, pull.Page.AbsoluteUri);
}
