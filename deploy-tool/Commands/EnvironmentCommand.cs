using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Promotion;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>environment add</c>: an environment with its first site, and what the pipeline needs for it.</summary>
internal static class EnvironmentCommand
{
    public static Command Create() => new("environment", "Add environments.") { CreateAdd() };

    private static Command CreateAdd()
    {
        var name = new Argument<string>("NAME") { Description = "Name of the environment, which is its folder's too." };
        var after = EnvironmentOption.Create("--after", "The environment that an image has passed before; the new one has its gates.", isRequired: true);
        var values = new SiteValueOptions();
        var command = new Command("add", "Add an environment after another: policy, inventory and the files of its first site.") { name, after };
        values.AddTo(command);
        ChangeOptionsReader.AddCommitOptionsTo(command);
        return command.Runs(async (run, cancellation) =>
        {
            var (environment, before) = (run.Options.GetRequiredValue(name), run.Options.GetRequiredValue(after));
            var request = values.Read(run, environment, environment, null);
            var ask = SiteValueOptions.Asker(run);
            string? next = null;
            var outcome = await SiteCommand.ChangeAsync(
                run,
                state =>
                {
                    next = state.State.Policy.Environments.SkipWhile(one => one.Name != before).Skip(1).FirstOrDefault()?.Name;
                    return EnvironmentRegister.Add(state, request, before, ask);
                },
                cancellation);
            return SiteResult.Of(outcome, $"{environment} is added after {before}", [$"bind its host to {SitesFolder.Name}/{environment}", .. EnvironmentRegister.PipelineEntry(environment, before, next)]);
        });
    }
}
