using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Forges;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Promotion;

/// <summary>
/// Takes a rollout from its first wave to its end without an operator. Read it from <see cref="RunAsync"/> downwards.
/// </summary>
/// <remarks>
/// <code>
///  1  step       Rollout: the next wave, or part of one, if its gates are open                                 ◄───┐
///        │                                                                                                         │
///        ├─ pushed, or merged ──────────────────────────────────────────────────────────────────────────────────► ┤
///        ├─ telemetry cannot say yet, or no room, or paused ── wait; too long since the rollout moved: undecided ─► ┤
///        ├─ telemetry says no ── Rollback: the sites that have the image go back in one commit: rolled back
///        ├─ anything else says no: refused
///        └─ every site has it and telemetry says yes: done
/// </code>
/// Nothing is kept between the steps but what Git has. So a watch that was killed goes on in the next one; and of two at once, each step of
/// either is planned on what the branch holds, and lands only on top of that.
/// </remarks>
internal sealed class RolloutWatch(Rollout rollout, Rollback rollback, TimeProvider time, IProgress<string> progress)
{
    /// <summary>Often enough to lose no more than a twentieth of the time that sites are observed anyway.</summary>
    private const int StepsPerObservation = 20;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>For a remote or a registry that is away, where the command line names no other time.</summary>
    private static readonly TimeSpan LongestAway = TimeSpan.FromHours(1);

    private string? _said;

    /// <summary>Watches until the rollout has ended, cannot go on, or the time is over.</summary>
    /// <exception cref="DeployException">The rollout asks no telemetry, so that there is nothing to watch.</exception>
    public async Task<WatchOutcome> RunAsync(PromoteRequest request, RolloutPace pace, WatchLimits limits, ChangeOptions options, CancellationToken cancellation)
    {
        var commits = new List<string>();
        try
        {
            return await WatchAsync(request, pace, limits, options, commits, cancellation);
        }
        catch (ProposalException exception)
        {
            // Nobody merged the pull request of a step while there was time, or somebody closed it.
            return new WatchOutcome(exception.IsUnavailable ? WatchEnd.UnderWay : WatchEnd.Refused, $"{exception.Message}: {exception.Remedy}", null, commits);
        }
    }

    private async Task<WatchOutcome> WatchAsync(
        PromoteRequest request, RolloutPace pace, WatchLimits limits, ChangeOptions options, List<string> commits, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var answered = started;
        while (true)
        {
            // 1. Step.
            var (outcome, fault) = await TryAsync(() => rollout.RunAsync(request, pace with { JudgesLastWave = true }, Limited(options, limits, started), cancellation));
            var step = Judge(outcome, fault, limits);
            if (outcome?.Commit is { } commit)
            {
                commits.Add(commit);
            }

            // Telemetry says no: take it back, and again if the registry or the remote is away just now.
            if (step.End == WatchEnd.RolledBack)
            {
                (var back, fault) = await TryAsync(() => RollBackAsync(outcome!.Plan, step.Reason, Limited(options, limits, started), cancellation));
                step = back?.End switch
                {
                    null => new WatchStep(null, fault!),
                    ChangeEnd.Refused => new WatchStep(WatchEnd.Refused, $"{step.Reason}; and it cannot be rolled back: {back.Plan.Refusals[0].Message}"),
                    ChangeEnd.NothingToDo => new WatchStep(null, $"{step.Reason}; another has rolled it back"),
                    _ => step,
                };
                if (back?.Commit is { } rolledBack)
                {
                    commits.Add(rolledBack);
                }
            }

            answered = fault is null ? time.GetTimestamp() : answered;
            if (step.End is null && time.GetElapsedTime(answered) >= (limits.UndecidedAfter ?? LongestAway))
            {
                step = new WatchStep(WatchEnd.Undecided, fault!);
            }

            if (step.End is { } end)
            {
                return new WatchOutcome(end, step.Reason, outcome, commits);
            }

            Say(step.Reason);
            var wait = outcome?.End is ChangeEnd.Pushed or ChangeEnd.Committed or ChangeEnd.Merged ? TimeSpan.Zero : Wait(outcome);
            if (limits.For is { } length && time.GetElapsedTime(started) + wait >= length)
            {
                return new WatchOutcome(WatchEnd.UnderWay, step.Reason, outcome, commits);
            }

            await Task.Delay(wait, time, cancellation);
        }
    }

    private static string Beside(ChangeOutcome outcome) => outcome.Note is null ? "" : $"; {outcome.Note}";

    /// <summary>What a step means for the watch; without an end, it goes on.</summary>
    private WatchStep Judge(ChangeOutcome? outcome, string? fault, WatchLimits limits)
    {
        if (outcome is null)
        {
            return new WatchStep(null, fault!);
        }

        var plan = outcome.Plan;
        if (plan.Rollout!.Telemetry is not { } asked)
        {
            throw DeployException.BadInput($"the rollout of {plan.Environment} asks no telemetry, so that there is nothing to watch", "add telemetry to it in sites/rollout.yaml, or run rollout without --watch");
        }

        switch (outcome.End)
        {
            case ChangeEnd.NothingToDo:
                return new WatchStep(WatchEnd.Done, $"every site of {plan.Environment} is to run {plan.Image}");
            case ChangeEnd.DryRun:
                return new WatchStep(WatchEnd.DryRun, $"dry run: {Quantity.Of(plan.Sites, "site")} of {plan.Environment} would be given {plan.Image}; nothing was written");
            case not ChangeEnd.Refused when plan.Rollout.Wave == 0:
                return new WatchStep(null, $"telemetry shows no harm at any site of {plan.Environment} (commit {outcome.Commit![..12]}){Beside(outcome)}");
            case not ChangeEnd.Refused:
                return new WatchStep(null, $"wave {plan.Rollout.Wave}: {Quantity.Of(plan.Sites, "site")} of {plan.Environment} {Quantity.IsOrAre(plan.Sites)} to run {plan.Image} (commit {outcome.Commit![..12]}){Beside(outcome)}");
        }

        if (plan.Refusals is [{ Rule: PauseRule.Name } paused, ..])
        {
            return new WatchStep(null, $"{paused.Message}: {paused.Remedy}");
        }

        var closed = plan.Gates.Where(gate => !gate.Open && !IsMetByTelemetry(gate, asked.Gate.ReplacesSiteCheck)).ToList();
        var reason = string.Join("; ", plan.Refusals.Select(one => $"{one.Message}: {one.Remedy}").Concat(closed.Select(gate => $"{gate.Gate}: {gate.Summary}")));
        if (plan.Refusals.Count == 0 && closed.Exists(gate => gate is { Gate: TelemetryGateCheck.WaveGateName, State: GateState.Failed }))
        {
            return new WatchStep(WatchEnd.RolledBack, reason);
        }

        // Before the first wave there is nothing to wait for: the gates of the environment say what is missing.
        var waits = plan.Refusals.Count == 0 && plan.Rollout.Waves.Any(wave => wave.Done > 0) && closed.TrueForAll(gate => gate.State == GateState.Inconclusive);
        if (!waits)
        {
            return new WatchStep(plan.IsUndecided ? WatchEnd.Undecided : WatchEnd.Refused, reason);
        }

        // From when the rollout moved last, whoever watched then.
        var timeout = limits.UndecidedAfter ?? (asked.UpdateWithin + (2 * asked.Gate.Observe));
        return plan.Rollout.Since is { } since && time.GetUtcNow() - since >= timeout
            ? new WatchStep(WatchEnd.Undecided, $"{reason}; {DurationFormat.Text(timeout)} have gone by")
            : new WatchStep(null, reason);
    }

    /// <summary>Whether a check of sites is missing that telemetry will stand for once it says yes.</summary>
    private static bool IsMetByTelemetry(GateOutcome gate, bool replaces) => replaces && gate is { Gate: WaveGate.Name, State: GateState.Missing or GateState.Inconclusive };

    private Task<ChangeOutcome> RollBackAsync(ChangePlan plan, string reason, ChangeOptions options, CancellationToken cancellation)
    {
        progress.Report($"rolling {plan.Environment} back: {reason}");
        return rollback.RunAsync(
            new RollbackRequest(plan.Environment, null, reason) { OnlyFrom = plan.Image, Evidence = [.. plan.Gates.Where(gate => !gate.Open)] }, options, cancellation);
    }

    /// <summary>What is away now may be back at the next step.</summary>
    private static async Task<(ChangeOutcome? Outcome, string? Fault)> TryAsync(Func<Task<ChangeOutcome>> act)
    {
        try
        {
            return (await act(), null);
        }
        catch (GitException exception) when (exception.IsUnavailable)
        {
            return (null, exception.Message);
        }
        catch (RegistryException exception) when (exception.IsUnavailable)
        {
            return (null, exception.Message);
        }
        catch (ForgeException exception) when (exception.IsUnavailable)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>A step that is proposed ends when somebody merges it, or with the watch.</summary>
    private ChangeOptions Limited(ChangeOptions options, WatchLimits limits, long started) => options.PullRequest is { } proposal
        ? options with { PullRequest = proposal with { UntilMerged = limits.For is { } length ? length - time.GetElapsedTime(started) : TimeSpan.MaxValue } }
        : options;

    private static TimeSpan Wait(ChangeOutcome? outcome)
    {
        var interval = outcome?.Plan.Rollout?.Telemetry?.Gate.Observe / StepsPerObservation;
        return interval is { } wait && wait < LongestWait ? wait > ShortestWait ? wait : ShortestWait : LongestWait;
    }

    /// <summary>Each state once, however many steps find it.</summary>
    private void Say(string words)
    {
        if (words != _said)
        {
            progress.Report(words);
            _said = words;
        }
    }

    /// <summary>What one step came to.</summary>
    private sealed record WatchStep(WatchEnd? End, string Reason);
}

/// <summary>How long a watch waits.</summary>
/// <param name="UndecidedAfter">From when the rollout moved last until it is given up as undecided; null for twice the observation and the time of an update.</param>
/// <param name="For">From the beginning of the watch; null for as long as it takes.</param>
internal sealed record WatchLimits(TimeSpan? UndecidedAfter, TimeSpan? For);
