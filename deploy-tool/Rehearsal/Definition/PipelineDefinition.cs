using FaceEdge.Deploy.Rehearsal.Syntax;

namespace FaceEdge.Deploy.Rehearsal.Definition;

/// <summary>A pipeline after its templates were expanded.</summary>
/// <param name="Name">Format of the run's number; null for the service's own.</param>
/// <param name="Variables">Variables of the whole run.</param>
/// <param name="Stages">Stages, in file order.</param>
internal sealed record PipelineDefinition(string? Name, IReadOnlyList<VariableDefinition> Variables, IReadOnlyList<StageDefinition> Stages);

/// <summary>A variable as YAML gives it; its value may hold <c>$( )</c> and be a <c>$[ ]</c>.</summary>
internal sealed record VariableDefinition(Place Place, string Name, string Value);

/// <summary>A condition as written.</summary>
internal sealed record ConditionDefinition(Place Place, string Text);

/// <summary>A stage.</summary>
/// <remarks>
/// <c>DependsOn</c>: stages that it comes after; the one before it in the file when YAML does not say.
/// <c>Condition</c>: null for the default, <c>succeeded()</c>.
/// <c>IsSkippable</c>: whether the stage may be left out when the run is queued.
/// <c>IsManual</c>: whether someone has to start it.
/// </remarks>
internal sealed record StageDefinition(
    Place Place,
    string Name,
    string DisplayName,
    IReadOnlyList<string> DependsOn,
    ConditionDefinition? Condition,
    IReadOnlyList<VariableDefinition> Variables,
    IReadOnlyList<JobDefinition> Jobs,
    bool IsSkippable,
    bool IsManual);

/// <summary>A job, or a deployment job.</summary>
/// <remarks>
/// <c>IsAgentless</c>: runs at the service (<c>pool: server</c>), not on an agent.
/// <c>Timeout</c>: after which the job is stopped.
/// <c>Environment</c>: environment of a deployment job; null for a job.
/// <c>Hooks</c>: the steps: one hook of a job, the hooks of runOnce of a deployment job.
/// </remarks>
internal sealed record JobDefinition(
    Place Place,
    string Name,
    string DisplayName,
    IReadOnlyList<string> DependsOn,
    ConditionDefinition? Condition,
    IReadOnlyList<VariableDefinition> Variables,
    bool IsAgentless,
    TimeSpan Timeout,
    bool ContinueOnError,
    string? Environment,
    IReadOnlyList<HookDefinition> Hooks)
{
    public bool IsDeployment => Environment is not null;
}

/// <summary>When the steps of a deployment job run (learn.microsoft.com/azure/devops/pipelines/process/deployment-jobs#descriptions-of-lifecycle-hooks).</summary>
internal enum HookKind
{
    /// <summary>In order, while all went well.</summary>
    Main,

    /// <summary>After the others, when all went well.</summary>
    OnSuccess,

    /// <summary>After the others, when one failed.</summary>
    OnFailure,
}

/// <summary>Steps that run together.</summary>
internal sealed record HookDefinition(string Name, HookKind Kind, IReadOnlyList<StepDefinition> Steps);

/// <summary>One step.</summary>
/// <remarks>
/// <c>Name</c>: for output variables; null when YAML gives none.
/// <c>Timeout</c>: null for the job's.
/// </remarks>
internal sealed record StepDefinition(
    Place Place,
    string? Name,
    string DisplayName,
    ConditionDefinition? Condition,
    bool ContinueOnError,
    bool Enabled,
    IReadOnlyDictionary<string, string> Environment,
    TimeSpan? Timeout,
    int Retries,
    StepAction Action);

/// <summary>What a step does.</summary>
internal abstract record StepAction
{
    /// <summary>Lines for a shell.</summary>
    /// <remarks>
    /// <c>Shell</c>: its executable: bash, or pwsh.
    /// <c>WorkingDirectory</c>: null for the sources.
    /// </remarks>
    public sealed record Script(string Shell, string Text, string? WorkingDirectory, bool FailOnErrorOutput) : StepAction;

    /// <summary>Checks the sources out; <c>checkout: none</c> does not.</summary>
    /// <remarks>
    /// <c>Depth</c>: commits of history; 0 for all.
    /// <c>Path</c>: folder below the agent's; null for <c>s</c>.
    /// </remarks>
    public sealed record Checkout(bool IsNone, int Depth, bool Clean, string? Path) : StepAction;

    /// <summary>A task with its inputs.</summary>
    public sealed record PipelineTask(string Name, int Version, IReadOnlyDictionary<string, string> Inputs) : StepAction;
}
