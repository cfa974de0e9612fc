using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Promotion;
using FaceEdge.Deploy.Sites;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>The result of <c>configure</c>.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Environment">Where.</param>
/// <param name="Settings">KEY=VALUE, as asked for.</param>
/// <param name="Sites">Sites that the change is about.</param>
/// <param name="Files">Files that it changes.</param>
/// <param name="Commit">Full hash; null when there is none.</param>
/// <param name="PullRequest">The pull request that it waits in or came by; null where it is none.</param>
/// <param name="Note">What the operator should know beside; null when there is nothing.</param>
/// <param name="Diffs">Unified diffs, one a file.</param>
internal sealed record ConfigureResult(
    ChangeEnd Outcome, string Environment, IReadOnlyList<string> Settings, int Sites, int Files, string? Commit, ProposedChange? PullRequest, string? Note, IReadOnlyList<string> Diffs)
    : ICommandResult
{
    ExitCode ICommandResult.ExitCode => ExitCode.Done;

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.ConfigureResult;

    string? ICommandResult.Landed => Commit;

    public static ConfigureResult Of(ChangeOutcome outcome, IReadOnlyList<SettingChange> changes)
    {
        var (plan, edits) = (outcome.Plan, outcome.Plan.Edits!);
        return new ConfigureResult(
            outcome.End, plan.Environment, [.. changes.Select(one => one.ToString())], plan.Sites, edits.Files.Count, outcome.Commit, outcome.PullRequest, outcome.Note, edits.Diffs);
    }

    void ICommandResult.Render(IAnsiConsole console)
    {
        DiffLines.Render(console, Diffs);
        var settings = string.Join(", ", Settings);
        console.WriteLine(Outcome switch
        {
            ChangeEnd.DryRun => $"dry run: {Environment} would have {settings}; nothing was written",
            ChangeEnd.NothingToDo => $"{Environment} has {settings} already; nothing to do",
            _ => $"{Environment} is to have {settings} {ChangeWords.How(Outcome, Commit, PullRequest)}",
        });
        if (Note is not null)
        {
            console.WriteLine(Note);
        }
    }
}
