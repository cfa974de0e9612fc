using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.CommandLine;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>The answer of <c>approvers</c>: a name a line, so that scripts can read it.</summary>
internal sealed record ApproversResult(string Stage, IReadOnlyList<string> Approvers) : ICommandResult
{
    ExitCode ICommandResult.ExitCode => ExitCode.Done;

    JsonTypeInfo ICommandResult.JsonType => PromotionJson.Default.ApproversResult;

    void ICommandResult.Render(IAnsiConsole console)
    {
        foreach (var name in Approvers)
        {
            console.WriteLine(name);
        }
    }
}
