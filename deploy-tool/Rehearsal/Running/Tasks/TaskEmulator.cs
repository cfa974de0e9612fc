using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Rehearsal.Definition;
using FaceEdge.Deploy.Rehearsal.Syntax;

namespace FaceEdge.Deploy.Rehearsal.Running.Tasks;

/// <summary>What stands in for a task of Azure Pipelines on this machine.</summary>
internal interface ITaskEmulator
{
    Task<StepOutcome> RunAsync(TaskEmulatorRun run, CancellationToken cancellation);
}

/// <summary>One run of an emulator.</summary>
/// <remarks>
/// <c>Inputs</c>: the task's inputs, variables put in.
/// <c>Step</c>: the step as written.
/// <c>Environment</c>: variables for processes that it starts.
/// </remarks>
internal sealed record TaskEmulatorRun(
    IReadOnlyDictionary<string, string> Inputs,
    StepDefinition Step,
    JobSurroundings Job,
    StepLog Log,
    IReadOnlyList<KeyValuePair<string, string>> Environment)
{
    /// <summary>An input by any of its names; null when none is given.</summary>
    public string? Input(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Inputs.TryGetValue(name, out var value) && value.Length > 0)
            {
                return value;
            }
        }

        return null;
    }

    public string Required(params ReadOnlySpan<string> names) => Input(names) ?? throw Step.Place.Fault($"the task needs the input '{names[0]}'");

    public bool Flag(string name) => Input(name) is { } text && bool.TryParse(text, out var flag) && flag;

    /// <summary>A path of the task, relative to the sources.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Job.Folders.Sources);
}

/// <summary>The tasks that a rehearsal knows.</summary>
internal static class TaskEmulators
{
    private static readonly Dictionary<string, ITaskEmulator> All = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Bash"] = new BashTask(),
        ["Cache"] = new CacheTask(),
        ["Delay"] = new DelayTask(),
        ["Docker"] = new DockerLoginTask(),
        ["DownloadPipelineArtifact"] = new DownloadArtifactTask(),
        ["ManualValidation"] = new ManualValidationTask(),
        ["PublishPipelineArtifact"] = new PublishArtifactTask(),
        ["PublishTestResults"] = new PublishTestResultsTask(),
        ["UseDotNet"] = new UseDotNetTask(),
    };

    /// <exception cref="DeployException">There is no emulator; the message names the step's place.</exception>
    public static ITaskEmulator Find(StepAction.PipelineTask task, Place place) =>
        All.GetValueOrDefault(task.Name) ?? throw place.Fault($"a rehearsal has no emulator for the task {task.Name}@{task.Version}; it knows {string.Join(", ", All.Keys.Order(StringComparer.Ordinal))}");
}
