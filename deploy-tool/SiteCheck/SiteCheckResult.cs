using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.LatencyGate.Evidence;
using Spectre.Console;

namespace FaceEdge.Deploy.SiteCheck;

/// <summary>
/// The result of <c>check-site</c>, which is evidence for a gate: the members of <see cref="GateEvidence"/>, and where the check ran.
/// </summary>
internal sealed record SiteCheckResult(
    string Kind,
    GateSubject Subject,
    GateVerdict Verdict,
    string Summary,
    IReadOnlyDictionary<string, double> Numbers,
    DateTimeOffset MeasuredAt,
    string Environment,
    string Site,
    string Url,
    SiteInfo? Info) : ICommandResult
{
    ExitCode ICommandResult.ExitCode => Verdict switch
    {
        GateVerdict.Pass => ExitCode.Done,
        GateVerdict.Fail => ExitCode.Refused,
        _ => ExitCode.Undecided,
    };

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.SiteCheckResult;

    void ICommandResult.Render(IAnsiConsole console)
    {
        console.WriteLine($"{Verdict.ToString().ToLowerInvariant()}: {Summary}");
        foreach (var (name, value) in Numbers)
        {
            console.WriteLine($"  {name}: {value:0.###}");
        }
    }
}
