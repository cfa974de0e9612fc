using System.CommandLine;
using System.Reflection;
using System.Text;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Sites.Rules;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>validate</c>: every file of every site against every rule.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var environments = EnvironmentOption.CreateMany("--env", "Look at this environment alone; may be given more than once.");
        var sarif = new Option<string>("--sarif") { Description = "Also write the findings to this file as SARIF 2.1.0.", HelpName = "FILE" };
        return new Command("validate", "Check the files of every site before a host pulls them.") { environments, sarif }
            .Runs(async (run, cancellation) => await RunAsync(run, run.Options.GetValue(environments) ?? [], run.Options.GetValue(sarif), cancellation));
    }

    private static async Task<ValidateResult> RunAsync(
        CommandRun run, string[] environments, string? sarifFile, CancellationToken cancellation)
    {
        var tree = SitesFolder.Find(run);
        var leftOut = await SitesFolder.LeftOutAsync(tree, cancellation);
        foreach (var name in environments.Where(name => !Directory.Exists(Path.Combine(tree.Root, name))))
        {
            throw leftOut.Any(path => IsOf(path, name))
                ? DeployException.BadInput($"the sparse checkout leaves sites/{name} out", $"bring it in: git sparse-checkout add sites/{name}")
                : SitesFolder.NoEnvironment(tree, name);
        }

        var report = SiteValidator.Run(tree, environments);
        if (sarifFile is not null)
        {
            var version = typeof(ValidateCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
            AtomicFile.Write(run.Resolve(sarifFile), Encoding.UTF8.GetBytes(SarifLog.From(report, version, SitesFolder.Name).ToJson()));
        }

        return new ValidateResult(report, leftOut.Count(path => environments.Length == 0 || environments.Any(name => IsOf(path, name))));
    }

    private static bool IsOf(string path, string environment) => path.StartsWith(environment + '/', StringComparison.Ordinal);
}
