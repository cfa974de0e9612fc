using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Promotion;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>The result of <c>promote</c> and <c>rollback</c>.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Environment">Where.</param>
/// <param name="From">Environment that the image comes from; <c>registry</c> for the first; null for a rollback.</param>
/// <param name="Image">The image, pinned unless it could not be.</param>
/// <param name="Replaced">The images that were there.</param>
/// <param name="Sites">Sites that the change is about.</param>
/// <param name="Commit">Full hash; null when there is none.</param>
/// <param name="PullRequest">The pull request that it waits in or came by; null where it is none.</param>
/// <param name="PushAttempts">Pushes tried until one landed.</param>
/// <param name="Note">What the operator should know beside; null when there is nothing.</param>
/// <param name="Gates">What each gate says.</param>
/// <param name="Refusals">The rules that say no.</param>
/// <param name="Diffs">Unified diffs, one a file.</param>
internal sealed record ChangeResult(
    ChangeEnd Outcome,
    string Environment,
    string? From,
    string? Image,
    IReadOnlyList<string> Replaced,
    int Sites,
    string? Commit,
    ProposedChange? PullRequest,
    int PushAttempts,
    string? Note,
    IReadOnlyList<GateOutcome> Gates,
    IReadOnlyList<Refusal> Refusals,
    IReadOnlyList<string> Diffs) : ICommandResult
{
    [JsonIgnore]
    public bool Undecided { get; private init; }

    ExitCode ICommandResult.ExitCode => Outcome != ChangeEnd.Refused ? ExitCode.Done : Undecided ? ExitCode.Undecided : ExitCode.Refused;

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.ChangeResult;

    string? ICommandResult.Landed => Commit;

    public static ChangeResult Of(ChangeOutcome outcome)
    {
        var plan = outcome.Plan;
        return new ChangeResult(
            outcome.End,
            plan.Environment,
            plan.From,
            plan.Image?.ToString(),
            plan.Replaced,
            plan.Sites,
            outcome.Commit,
            outcome.PullRequest,
            outcome.PushAttempts,
            outcome.Note,
            plan.Gates,
            plan.Refusals,
            plan.Edits?.Diffs ?? [])
        {
            Undecided = plan.IsUndecided,
        };
    }

    void ICommandResult.Render(IAnsiConsole console)
    {
        DiffLines.Render(console, Diffs);
        RenderGates(console);
        foreach (var refusal in Refusals)
        {
            console.WriteLine($"{refusal.Rule}: {refusal.Message}: {refusal.Remedy}");
        }

        // Not by the console, which would break the line: scripts show it as the reason.
        console.Profile.Out.Writer.WriteLine(Outcome switch
        {
            ChangeEnd.DryRun => $"dry run: {Environment} would run {Image}; nothing was written",
            ChangeEnd.NothingToDo => $"{Environment} has {Image} already; nothing to do",
            ChangeEnd.Refused => $"refused: {WhyRefused()}; nothing was written",
            _ => $"{Environment} is to run {Image} {ChangeWords.How(Outcome, Commit, PullRequest)}",
        });
        if (Note is not null)
        {
            console.Profile.Out.Writer.WriteLine(Note);
        }
    }

    /// <summary>All that says no, in one line.</summary>
    private string WhyRefused() => string.Join("; ", Refusals.Select(refusal => refusal.Message).Concat(
        Gates.Where(gate => !gate.Open).Select(gate => $"{gate.Gate}: {gate.Summary}")));

    private void RenderGates(IAnsiConsole console)
    {
        if (Gates.Count == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("gate", "state", "why", "what to do");
        foreach (var gate in Gates)
        {
            table.AddRow(gate.Gate, gate.State.ToString().ToLowerInvariant(), Markup.Escape(gate.Summary), Markup.Escape(gate.Remedy ?? ""));
        }

        console.Write(table);
    }
}

/// <summary>How a change came to the branch that sites pull, or is to come there: the end of the line that says what it is.</summary>
internal static class ChangeWords
{
    public static string How(ChangeEnd end, string? commit, ProposedChange? pull) => end switch
    {
        ChangeEnd.Proposed => $"once pull request {pull!.Number} is merged ({pull.Page})",
        ChangeEnd.Merged => $"(commit {commit![..12]}, by pull request {pull!.Number})",
        ChangeEnd.Pushed => $"(commit {commit![..12]}, pushed)",
        _ => $"(commit {commit![..12]}, not pushed)",
    };
}
