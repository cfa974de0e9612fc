using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Promotion;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>The result of <c>rollout</c>.</summary>
/// <param name="Change">What this wave's change came to.</param>
/// <param name="Waves">Every wave, with the sites that had the image before this run.</param>
/// <param name="Wave">Number of the wave that this run was about, from 1; 0 when the rollout is done.</param>
/// <param name="ToCheck">Sites to run check-site at before the next wave.</param>
internal sealed record RolloutResult(
    ChangeResult Change, IReadOnlyList<WaveStatus> Waves, int Wave, IReadOnlyList<string> ToCheck) : ICommandResult
{
    private const int MaxNamed = 10;

    ExitCode ICommandResult.ExitCode => ((ICommandResult)Change).ExitCode;

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.RolloutResult;

    string? ICommandResult.Landed => Change.Commit;

    public static RolloutResult Of(ChangeOutcome outcome)
    {
        var rollout = outcome.Plan.Rollout!;
        return new RolloutResult(ChangeResult.Of(outcome), rollout.Waves, rollout.Wave, outcome.End is not (ChangeEnd.Pushed or ChangeEnd.Committed or ChangeEnd.Merged) ? [] : rollout.ToCheck);
    }

    void ICommandResult.Render(IAnsiConsole console)
    {
        ((ICommandResult)Change).Render(console);
        if (Waves.Count > 0)
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns("wave", "name", "sites", "had the image before");
            foreach (var (number, wave) in Waves.Index())
            {
                table.AddRow($"{(number + 1 == Wave ? "> " : "")}{number + 1}", Markup.Escape(wave.Name), $"{wave.Sites}", $"{wave.Done}");
            }

            console.Write(table);
        }

        if (ToCheck.Count > 0)
        {
            console.WriteLine($"before the next wave, check-site at: {Quantity.List(ToCheck, MaxNamed)}");
        }
    }
}

/// <summary>The result of <c>rollout --watch</c>.</summary>
/// <param name="Outcome">How the watch ended.</param>
/// <param name="Environment">Where.</param>
/// <param name="Image">What was rolled out; null when that was not found out.</param>
/// <param name="Reason">Why it ended so, in one line.</param>
/// <param name="Waves">Every wave, with the sites that had the image at the last step.</param>
/// <param name="Gates">What each gate said at the last step.</param>
/// <param name="Commits">What this watch pushed, oldest first.</param>
internal sealed record WatchResult(
    WatchEnd Outcome,
    string Environment,
    string? Image,
    string Reason,
    IReadOnlyList<WaveStatus> Waves,
    IReadOnlyList<GateOutcome> Gates,
    IReadOnlyList<string> Commits) : ICommandResult
{
    ExitCode ICommandResult.ExitCode => Outcome switch
    {
        WatchEnd.Done or WatchEnd.DryRun => ExitCode.Done,
        WatchEnd.RolledBack or WatchEnd.Refused => ExitCode.Refused,
        _ => ExitCode.Undecided,
    };

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.WatchResult;

    string? ICommandResult.Landed => Commits.Count > 0 ? Commits[^1] : null;

    [JsonIgnore]
    private string Line => Outcome switch
    {
        WatchEnd.Done or WatchEnd.DryRun => Reason,
        WatchEnd.RolledBack => $"rolled back: {Reason}",
        WatchEnd.Refused => $"refused: {Reason}; nothing more was written",
        WatchEnd.Undecided => $"undecided: {Reason}; every site keeps what it has",
        _ => $"under way: {Reason}; run it again to go on",
    };

    public static WatchResult Of(string environment, WatchOutcome outcome) => new(
        outcome.End,
        environment,
        outcome.Last?.Plan.Image?.ToString(),
        outcome.Reason,
        outcome.Last?.Plan.Rollout?.Waves ?? [],
        outcome.Last?.Plan.Gates ?? [],
        outcome.Commits);

    /// <summary>Not by the console, which would break the line: scripts show it as the reason.</summary>
    void ICommandResult.Render(IAnsiConsole console) => console.Profile.Out.Writer.WriteLine(Line);
}

/// <summary>The result of <c>rollout --pause</c> and <c>rollout --resume</c>.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Subject">The environment, or every one.</param>
/// <param name="Paused">Whether no site gets another image now.</param>
/// <param name="Commit">Full hash; null when there is none.</param>
/// <param name="PullRequest">The pull request that it waits in or came by; null where it is none.</param>
/// <param name="Note">What the operator should know beside; null when there is nothing.</param>
internal sealed record PauseResult(ChangeEnd Outcome, string Subject, bool Paused, string? Commit, ProposedChange? PullRequest, string? Note) : ICommandResult
{
    ExitCode ICommandResult.ExitCode => ExitCode.Done;

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.PauseResult;

    string? ICommandResult.Landed => Commit;

    void ICommandResult.Render(IAnsiConsole console)
    {
        var state = Paused ? "paused" : "not paused";
        console.Profile.Out.Writer.WriteLine(Outcome switch
        {
            ChangeEnd.NothingToDo => $"rollouts of {Subject} are {state} already; nothing to do",
            ChangeEnd.DryRun => $"dry run: rollouts of {Subject} would be {state}; nothing was written",
            _ => $"rollouts of {Subject} are {state} {ChangeWords.How(Outcome, Commit, PullRequest)}",
        });
        if (Note is not null)
        {
            console.Profile.Out.Writer.WriteLine(Note);
        }
    }
}
