using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Promotion;
using FaceEdge.Deploy.Sites;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>configure</c>: mode, colour, text and other settings of the service at an environment's sites.</summary>
internal static class ConfigureCommand
{
    public static Command Create()
    {
        var environment = EnvironmentOption.Create("--env", "Environment to configure.", isRequired: true);
        var site = new Option<string>("--site") { Description = "One site of it; all of them if not given.", HelpName = "NAME" };
        var set = new Option<string[]>("--set")
        {
            Description = "A setting, such as Detector__Mode=eyes or Page__Background=#ffc0cb; may be given more than once.",
            HelpName = "KEY=VALUE",
            Required = true,
        };
        var command = new Command("configure", "Change settings of the service at an environment's sites.") { environment, site, set };
        ChangeOptionsReader.AddCommitOptionsTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var changes = run.Options.GetRequiredValue(set).Select(SettingChange.Parse).ToList();
            if (changes.GroupBy(one => one.Key, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            {
                throw DeployException.BadInput($"{twice.Key} is set twice", "set it once");
            }

            var options = ChangeOptionsReader.Read(run);
            var repository = await GitRepository.OpenAsync(run.Repository, cancellation);
            var configuration = new Configuration(repository, run.Time, run.Progress);
            var outcome = await configuration.RunAsync(
                run.Options.GetRequiredValue(environment), run.Options.GetValue(site), changes, options, cancellation);
            return ConfigureResult.Of(outcome, changes);
        });
    }
}

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
