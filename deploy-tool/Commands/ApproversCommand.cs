using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Deploy.AzureDevOps;
using FaceEdge.Deploy.CommandLine;
using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary><c>approvers</c>: who approved a stage of the running pipeline, for <c>promote --approved-by</c>.</summary>
internal static class ApproversCommand
{
    public static Command Create()
    {
        var stage = new Option<string>("--stage") { Description = "The stage, by its name in the YAML file.", HelpName = "NAME", Required = true };
        var command = new Command("approvers", "List who approved a stage of this run of Azure Pipelines; run as a step of it.") { stage };
        return command.Runs(async (run, cancellation) =>
        {
            var pipeline = PipelineRun.FromEnvironment();
            using var client = new AzureDevOpsClient(pipeline);
            var named = await client.ApproversAsync(run.Options.GetRequiredValue(stage), run.Progress, cancellation);
            var own = named.Where(name => string.Equals(name, pipeline.RequestedBy, StringComparison.OrdinalIgnoreCase)).ToList();
            if (own.Count > 0)
            {
                run.Progress.Report($"{own[0]} caused this run, and so does not count");
            }

            return new ApproversResult(run.Options.GetRequiredValue(stage), [.. named.Except(own)]);
        });
    }
}

/// <summary>The result of <c>approvers</c>: a name a line, so that scripts can read it.</summary>
internal sealed record ApproversResult(string Stage, IReadOnlyList<string> Approvers) : ICommandResult
{
    ExitCode ICommandResult.ExitCode => ExitCode.Done;

    JsonTypeInfo ICommandResult.JsonType => DeployToolJson.Default.ApproversResult;

    void ICommandResult.Render(IAnsiConsole console)
    {
        foreach (var name in Approvers)
        {
            console.WriteLine(name);
        }
    }
}
