using System.CommandLine;
using System.Reflection;
using System.Text;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>validate</c>: every file of every site against every rule.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var environments = EnvironmentOption.CreateMany("--env", "Look at this environment alone; may be given more than once.");
        var sarif = new Option<string>("--sarif") { Description = "Also write the findings to this file as SARIF 2.1.0.", HelpName = "FILE" };
        return new Command("validate", "Check the files of every site before a host pulls them.") { environments, sarif }
            .Runs((run, _) => Task.FromResult<ICommandResult>(Run(run, run.Options.GetValue(environments) ?? [], run.Options.GetValue(sarif))));
    }

    private static ValidateResult Run(CommandRun run, IReadOnlyCollection<string> environments, string? sarifFile)
    {
        var tree = SitesFolder.Find(run);
        foreach (var name in environments.Where(name => !Directory.Exists(Path.Combine(tree.Root, name))))
        {
            throw DeployException.BadInput($"there is no environment '{name}' in {tree.Root}", "name a folder of sites/");
        }

        var report = SiteValidator.Run(tree, environments);
        if (sarifFile is not null)
        {
            var version = typeof(ValidateCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
            AtomicFile.Write(run.Resolve(sarifFile), Encoding.UTF8.GetBytes(SarifLog.From(report, version, SitesFolder.Name).ToJson()));
        }

        return new ValidateResult(report);
    }
}
