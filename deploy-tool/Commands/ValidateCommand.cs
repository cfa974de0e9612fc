using System.CommandLine;
using System.Reflection;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Sites.Rules;
using FaceEdge.Deploy.Sites.Validation;
using Spectre.Console;

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

/// <summary>The result of <c>validate</c>.</summary>
internal sealed class ValidateResult : ICommandResult
{
    /// <param name="report">What was found.</param>
    /// <param name="notCheckedOut">Files that a sparse checkout leaves out.</param>
    public ValidateResult(ValidationReport report, int notCheckedOut)
    {
        NotCheckedOut = notCheckedOut;
        Sites = report.Sites;
        Files = report.Files;
        Errors = report.Errors;
        Warnings = report.Warnings;
        Findings = [.. report.Findings.Select(one => new ValidateFinding(
            one.Rule, one.Severity == Severity.Error ? "error" : "warning", $"{SitesFolder.Name}/{one.File}", one.Position.Line, one.Position.Column, one.Message, one.Remedy))];
    }

    public int Sites { get; }

    public int Files { get; }

    public int Errors { get; }

    public int Warnings { get; }

    /// <summary>Files in Git that a sparse checkout leaves out: nothing was said of them.</summary>
    public int NotCheckedOut { get; }

    public IReadOnlyList<ValidateFinding> Findings { get; }

    ExitCode ICommandResult.ExitCode => Errors == 0 ? ExitCode.Done : ExitCode.Refused;

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.ValidateResult;

    void ICommandResult.Render(IAnsiConsole console)
    {
        foreach (var finding in Findings)
        {
            console.WriteLine($"{finding.File}:{finding.Line}:{finding.Column}: {finding.Severity} {finding.Rule}: {finding.Message}");
            console.WriteLine($"    {finding.Remedy}");
        }

        console.WriteLine($"{Quantity.Of(Sites, "site")}, {Quantity.Of(Files, "file")}: {Quantity.Of(Errors, "error")}, {Quantity.Of(Warnings, "warning")}");
        if (NotCheckedOut > 0)
        {
            console.WriteLine($"the sparse checkout leaves out {Quantity.Of(NotCheckedOut, "file")} of {SitesFolder.Name}/, which were not checked; git sparse-checkout disable brings them");
        }
    }
}

/// <summary>One finding as the JSON result has it; the file is named from the repository's root.</summary>
internal sealed record ValidateFinding(string Rule, string Severity, string File, int Line, int Column, string Message, string Remedy);
