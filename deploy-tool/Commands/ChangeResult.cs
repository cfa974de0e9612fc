using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Promotion;
using FaceEdge.Deploy.Promotion.Gating;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>The answer of <c>promote</c> and <c>rollback</c>.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Environment">Where.</param>
/// <param name="From">Environment that the image comes from; <c>registry</c> for the first; null for a rollback.</param>
/// <param name="Image">The image, pinned unless it could not be.</param>
/// <param name="Replaced">The images that were there.</param>
/// <param name="Sites">Sites that the change is about.</param>
/// <param name="Commit">Full hash; null when there is none.</param>
/// <param name="PushAttempts">Pushes tried until one landed.</param>
/// <param name="Note">What the operator should know beside; null when there is nothing.</param>
/// <param name="Gates">What each gate says.</param>
/// <param name="Refusals">The rules that say no.</param>
/// <param name="Diffs">Unified diffs, one a file.</param>
internal sealed record ChangeAnswer(
    ChangeOutcome Outcome,
    string Environment,
    string? From,
    string? Image,
    IReadOnlyList<string> Replaced,
    int Sites,
    string? Commit,
    int PushAttempts,
    string? Note,
    IReadOnlyList<GateOutcome> Gates,
    IReadOnlyList<Refusal> Refusals,
    IReadOnlyList<string> Diffs) : ICommandResult
{
    [JsonIgnore]
    public bool Undecided { get; private init; }

    ExitCode ICommandResult.ExitCode => Outcome != ChangeOutcome.Refused ? ExitCode.Done : Undecided ? ExitCode.Undecided : ExitCode.Refused;

    JsonTypeInfo ICommandResult.JsonType => PromotionJson.Default.ChangeAnswer;

    public static ChangeAnswer Of(ChangeResult result, ChangeOptions options)
    {
        var (plan, published) = result;
        var end = ChangeEnd.Of(result, options);
        return new ChangeAnswer(
            end.Outcome,
            plan.Environment,
            plan.From,
            plan.Image?.ToString(),
            plan.Replaced,
            plan.Sites,
            end.Commit,
            options.NoPush ? 0 : published?.Attempts ?? 0,
            end.Note,
            plan.Gates,
            plan.Refusals,
            plan.Change?.Diffs ?? [])
        {
            Undecided = plan.Undecided,
        };
    }

    void ICommandResult.Render(IAnsiConsole console)
    {
        DiffLines.Render(console, Diffs);
        GateTable.Render(console, Gates);
        foreach (var refusal in Refusals)
        {
            console.WriteLine($"{refusal.Rule}: {refusal.Message}: {refusal.Remedy}");
        }

        // Not by the console, which would break the line: scripts show it as the reason.
        console.Profile.Out.Writer.WriteLine(Outcome switch
        {
            ChangeOutcome.Pushed => $"{Environment} is to run {Image} (commit {Commit![..12]}, pushed)",
            ChangeOutcome.Committed => $"{Environment} is to run {Image} (commit {Commit![..12]}, not pushed)",
            ChangeOutcome.DryRun => $"dry run: {Environment} would run {Image}; nothing was written",
            ChangeOutcome.NothingToDo => $"{Environment} has {Image} already; nothing to do",
            _ => $"refused: {WhyRefused()}; nothing was written",
        });
        if (Note is not null)
        {
            console.WriteLine(Note);
        }
    }

    /// <summary>All that says no, in one line.</summary>
    private string WhyRefused() => string.Join("; ", Refusals.Select(refusal => refusal.Message).Concat(
        Gates.Where(gate => !gate.Open).Select(gate => $"{gate.Gate}: {gate.Summary}")));
}
