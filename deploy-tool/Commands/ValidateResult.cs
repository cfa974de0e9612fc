using System.Text.Json.Serialization.Metadata;
using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Sites.Rules;
using FaceEdge.Deploy.Sites.Validation;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>The answer of <c>validate</c>.</summary>
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

/// <summary>One finding as the JSON answer has it; the file is named from the repository's root.</summary>
internal sealed record ValidateFinding(string Rule, string Severity, string File, int Line, int Column, string Message, string Remedy);
