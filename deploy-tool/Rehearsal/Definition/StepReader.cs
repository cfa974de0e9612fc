using System.Globalization;
using FaceEdge.Deploy.Rehearsal.Syntax;

namespace FaceEdge.Deploy.Rehearsal.Definition;

/// <summary>Reads one step (learn.microsoft.com/azure/devops/pipelines/yaml-schema/steps); the short forms become the tasks that they stand for.</summary>
internal static class StepReader
{
    /// <summary>What new pipelines fetch when they do not say (learn.microsoft.com/azure/devops/pipelines/repos/pipeline-options-for-git#shallow-fetch).</summary>
    private const int DefaultDepth = 1;

    private static readonly string[] Kinds = ["script", "bash", "pwsh", "checkout", "task", "publish", "download"];

    public static StepDefinition Read(PipelineNode item)
    {
        var reader = new NodeReader(item, "a step");
        var kind = Array.Find(Kinds, reader.Has) ?? throw item.Place.Fault($"this step is none of {string.Join(", ", Kinds)}");
        StepAction action = kind switch
        {
            "script" or "bash" => new StepAction.Script("bash", reader.Text(kind)!, reader.Text("workingDirectory"), reader.Flag("failOnStderr")),
            "pwsh" => new StepAction.Script("pwsh", reader.Text(kind)!, reader.Text("workingDirectory"), reader.Flag("failOnStderr")),
            "checkout" => ReadCheckout(reader),
            "task" => ReadTask(reader),
            "publish" => new StepAction.PipelineTask("PublishPipelineArtifact", 1, Inputs(("targetPath", reader.Text("publish")), ("artifact", reader.Text("artifact")))),
            _ => new StepAction.PipelineTask(
                "DownloadPipelineArtifact", 2, Inputs(("source", reader.Text("download")), ("artifact", reader.Text("artifact")), ("path", reader.Text("path")), ("patterns", reader.Text("patterns")))),
        };
        var name = reader.Text("name");
        var step = new StepDefinition(
            item.Place,
            name,
            reader.Text("displayName") is { Length: > 0 } shown ? shown : name ?? Describe(kind, action),
            reader.Condition(),
            reader.Flag("continueOnError"),
            reader.Flag("enabled", otherwise: true),
            reader.Map("env"),
            PipelineReader.Timeout(reader),
            reader.Number("retryCountOnTaskFailure", 0),
            action);
        reader.Ignore("target").Finish();
        return step;
    }

    private static StepAction.Checkout ReadCheckout(NodeReader reader)
    {
        reader.Ignore("persistCredentials", "fetchTags", "lfs", "submodules", "fetchFilter", "sparseCheckoutDirectories", "sparseCheckoutPatterns", "workspaceRepo");
        var repository = reader.RequiredText("checkout");
        return repository is "self" or "none"
            ? new StepAction.Checkout(repository == "none", reader.Number("fetchDepth", DefaultDepth), reader.Flag("clean"), reader.Text("path"))
            : throw reader.Place.Fault($"'{repository}' is another repository, which a rehearsal does not have");
    }

    private static StepAction.PipelineTask ReadTask(NodeReader reader)
    {
        var reference = reader.RequiredText("task");
        return reference.Split('@') is [{ Length: > 0 } name, var version] && int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? new StepAction.PipelineTask(name, major, reader.Map("inputs"))
            : throw reader.Place.Fault($"'{reference}' is not NAME@VERSION");
    }

    private static Dictionary<string, string> Inputs(params (string Name, string? Value)[] inputs) =>
        inputs.Where(input => input.Value is not null).ToDictionary(input => input.Name, input => input.Value!, StringComparer.OrdinalIgnoreCase);

    private static string Describe(string kind, StepAction action) => action switch
    {
        StepAction.PipelineTask task => task.Name,
        StepAction.Checkout => "Checkout",
        _ => kind,
    };
}
