using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Promotion;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>The result of <c>rollout --watch</c>.</summary>
/// <param name="Outcome">How the watch ended.</param>
/// <param name="Environment">Where.</param>
/// <param name="Image">What was rolled out; null when that was not found out.</param>
/// <param name="Reason">Why it ended so, in one line.</param>
/// <param name="Waves">Every wave, with the sites that had the image at the last look.</param>
/// <param name="Gates">What each gate said at the last look.</param>
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
