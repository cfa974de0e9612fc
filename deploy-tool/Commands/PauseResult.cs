using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Promotion;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

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
