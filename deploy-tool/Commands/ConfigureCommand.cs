using System.CommandLine;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Promotion;
using FaceEdge.Deploy.Sites;

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
