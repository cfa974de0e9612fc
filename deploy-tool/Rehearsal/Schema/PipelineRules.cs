using System.Globalization;
using System.Text.RegularExpressions;
using FaceEdge.Deploy.Rehearsal.Expressions;
using FaceEdge.Deploy.Rehearsal.Syntax;

namespace FaceEdge.Deploy.Rehearsal.Schema;

/// <summary>The rules between parts of an expanded pipeline, which no schema tells.</summary>
internal static partial class PipelineRules
{
    /// <summary>Azure's own timeout of a job without one, in minutes (page "Specify jobs in your pipeline", section "Timeouts").</summary>
    private const int DefaultTimeout = 60;

    private static readonly string[] StatusFunctions = ["always", "canceled", "failed", "succeeded", "succeededOrFailed"];

    /// <param name="root">Top of the checkout, for rules about files.</param>
    public static IEnumerable<Func<MappingNode, IEnumerable<SchemaFinding>>> All(string root) =>
        [Conditions, Tasks, TimeoutsHold, pipeline => Scripts(pipeline, root), Artifacts, Secrets, Macros];

    /// <summary>A condition is an expression of known functions, each with as many arguments as it takes (page "Expressions").</summary>
    private static IEnumerable<SchemaFinding> Conditions(MappingNode pipeline)
    {
        var jobs = pipeline.Stages().SelectMany(stage => stage.Jobs());
        var all = pipeline.Stages().Concat(jobs).Concat(jobs.SelectMany(job => job.Steps()));
        foreach (var condition in all.Select(node => node["condition"]).OfType<ScalarNode>())
        {
            string? fault;
            try
            {
                fault = Fault(ExpressionParser.Parse(condition.Value));
            }
            catch (FormatException exception)
            {
                fault = exception.Message;
            }

            if (fault is not null)
            {
                yield return new SchemaFinding(condition.Place, $"in the condition {condition.Value}: {fault}");
            }
        }
    }

    private static string? Fault(Expression expression) => expression switch
    {
        Expression.Name { Text: not ("variables" or "dependencies" or "stageDependencies" or "pipeline" or "resources") } name => $"'{name.Text}' is not known in a condition",
        Expression.Member member => Fault(member.Target) ?? Fault(member.Index),
        Expression.Each each => Fault(each.Target),
        Expression.Call call => Fault(call) ?? call.Arguments.Select(Fault).FirstOrDefault(fault => fault is not null),
        _ => null,
    };

    private static string? Fault(Expression.Call call)
    {
        if (Functions.Find(call.Function) is { } function)
        {
            return call.Arguments.Count < function.Least || call.Arguments.Count > function.Most ? $"{call.Function} does not take {call.Arguments.Count} arguments" : null;
        }

        return StatusFunctions.Contains(call.Function, StringComparer.OrdinalIgnoreCase) ? null : $"there is no function '{call.Function}'";
    }

    /// <summary>A task is known with its version, has the inputs that it asks for and no others, and runs where it can.</summary>
    private static IEnumerable<SchemaFinding> Tasks(MappingNode pipeline)
    {
        foreach (var (job, step) in JobsWithSteps(pipeline))
        {
            var onServer = IsOnServer(job);
            if (step["task"] is null)
            {
                if (onServer)
                {
                    yield return new SchemaFinding(step.Place, "a job on the server has no agent: only tasks such as ManualValidation@1 run in it");
                }

                continue;
            }

            if (TaskCatalogue.Find(step.Text("task")) is not { } task)
            {
                yield return new SchemaFinding(step.Place, $"the task {step.Text("task")} is not known; known are {string.Join(", ", TaskCatalogue.Names)}");
                continue;
            }

            if (task.OnServer != onServer)
            {
                yield return new SchemaFinding(step.Place, task.OnServer ? $"{step.Text("task")} runs without an agent: its job needs 'pool: server'" : $"{step.Text("task")} needs an agent");
            }

            foreach (var finding in Inputs(step, task))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<SchemaFinding> Inputs(MappingNode step, TaskDescription task)
    {
        var given = (step["inputs"] as MappingNode)?.Entries ?? [];
        foreach (var missing in task.Inputs.Where(input => input.Required && !given.Any(entry => entry.Is(input.Name))))
        {
            yield return new SchemaFinding(step.Place, $"{step.Text("task")} needs the input '{missing.Name}'");
        }

        foreach (var entry in given)
        {
            if (task.Inputs.FirstOrDefault(input => entry.Is(input.Name)) is not { } input)
            {
                yield return new SchemaFinding(entry.Key.Place, $"{step.Text("task")} has no input '{entry.Key.Value}'");
            }
            else if (input.Values.Count > 0 && entry.Value is ScalarNode value && !input.Values.Contains(value.Value, StringComparer.OrdinalIgnoreCase))
            {
                yield return new SchemaFinding(value.Place, $"{entry.Key.Value} of {step.Text("task")} is '{value.Value}'; allowed are {string.Join(", ", input.Values)}");
            }
        }
    }

    /// <summary>
    /// A wait that its job ends does not hold: the job's time must exceed the task's (page "ManualValidation@1", note on timeoutInMinutes;
    /// page "Delay@1", note on timeoutInMinutes).
    /// </summary>
    private static IEnumerable<SchemaFinding> TimeoutsHold(MappingNode pipeline)
    {
        foreach (var (job, step) in JobsWithSteps(pipeline).Where(pair => IsOnServer(pair.Job)))
        {
            var limit = Minutes(job, "timeoutInMinutes") ?? DefaultTimeout;
            var wait = step.Text("task").StartsWith("Delay@", StringComparison.OrdinalIgnoreCase) && step["inputs"] is MappingNode inputs
                ? Minutes(inputs, "delayForMinutes")
                : Minutes(step, "timeoutInMinutes");
            if (wait is null)
            {
                yield return new SchemaFinding(step.Place, "a wait needs an end of its own: timeoutInMinutes");
            }
            else if (wait >= limit)
            {
                yield return new SchemaFinding(step.Place, $"the wait of {wait} minutes does not fit into its job, which ends after {limit}");
            }
        }
    }

    /// <summary>No logic in YAML: a step calls one script of this repository, which is there and may be run.</summary>
    private static IEnumerable<SchemaFinding> Scripts(MappingNode pipeline, string root)
    {
        foreach (var (_, step) in JobsWithSteps(pipeline))
        {
            if ((step["bash"] ?? step["script"]) is not ScalarNode { Value: var command })
            {
                continue;
            }

            var script = command.Split(' ')[0];
            var path = Path.Combine(root, script);
            if (!OneCommand().IsMatch(command))
            {
                yield return new SchemaFinding(step.Place, $"'{command}' is more than a call of one script");
            }
            else if (!File.Exists(path))
            {
                yield return new SchemaFinding(step.Place, $"there is no script {script}");
            }
            else if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) == 0)
            {
                yield return new SchemaFinding(step.Place, $"{script} may not be run: chmod +x {script}");
            }
        }
    }

    /// <summary>What a step downloads was published by a stage that is done by then.</summary>
    private static IEnumerable<SchemaFinding> Artifacts(MappingNode pipeline)
    {
        var before = Ancestors(pipeline);
        var published = pipeline.Stages()
            .SelectMany(stage => stage.Jobs().SelectMany(job => job.Steps()), (stage, step) => (Stage: stage.Text("stage"), Step: step))
            .Where(pair => pair.Step["publish"] is not null)
            .ToLookup(pair => pair.Stage, pair => pair.Step.Text("artifact"), StringComparer.OrdinalIgnoreCase);
        foreach (var stage in pipeline.Stages())
        {
            foreach (var step in stage.Jobs().SelectMany(job => job.Steps()).Where(step => step.Text("download") == "current"))
            {
                if (!before[stage.Text("stage")].Any(name => published[name].Contains(step.Text("artifact"))))
                {
                    yield return new SchemaFinding(step.Place, $"no stage before {stage.Text("stage")} publishes the artifact '{step.Text("artifact")}'");
                }
            }
        }
    }

    private static Dictionary<string, HashSet<string>> Ancestors(MappingNode pipeline)
    {
        var ancestors = new Dictionary<string, HashSet<string>>(StringComparer.OrdinalIgnoreCase);
        string? previous = null;
        foreach (var stage in pipeline.Stages())
        {
            var parents = stage["dependsOn"] is null ? [.. new[] { previous }.OfType<string>()] : stage.Texts("dependsOn").ToList();
            ancestors[stage.Text("stage")] = [.. parents, .. parents.SelectMany(parent => ancestors.GetValueOrDefault(parent) ?? [])];
            previous = stage.Text("stage");
        }

        return ancestors;
    }

    /// <summary>A secret comes by a macro from a variable group or the run; its value never stands in the file.</summary>
    private static IEnumerable<SchemaFinding> Secrets(MappingNode pipeline)
    {
        var environments = JobsWithSteps(pipeline).Select(pair => pair.Step["env"]).OfType<MappingNode>();
        foreach (var entry in environments.SelectMany(environment => environment.Entries).Where(entry => SecretName().IsMatch(entry.Key.Value)))
        {
            if (entry.Value is ScalarNode { Value: var value } && !WholeMacro().IsMatch(value))
            {
                yield return new SchemaFinding(entry.Value.Place, $"{entry.Key.Value} must be a variable such as $(name), so that its value stands in no file");
            }
        }
    }

    /// <summary>A macro that names nothing stays in the text as it is, without a word.</summary>
    private static IEnumerable<SchemaFinding> Macros(MappingNode pipeline)
    {
        var declared = PipelineNodes.Items(pipeline["variables"]).Select(variable => variable.Text("name")).Where(name => name.Length > 0)
            .Concat((pipeline["variables"] as MappingNode)?.Entries.Select(entry => entry.Key.Value) ?? [])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var groups = PipelineNodes.Items(pipeline["variables"]).Any(variable => variable["group"] is not null);
        foreach (var scalar in PipelineNodes.Scalars(pipeline))
        {
            foreach (var name in Macro().Matches(scalar.Value).Select(match => match.Groups[1].Value))
            {
                // A name with a dot is one of the service's own; what has none may come from a group, which is kept by the service.
                var known = PredefinedVariables.Contains(name) || declared.Contains(name) || (groups && !name.Contains('.', StringComparison.Ordinal));
                if (!known && !name.StartsWith("Date:", StringComparison.Ordinal) && !name.StartsWith("Rev:", StringComparison.Ordinal))
                {
                    yield return new SchemaFinding(scalar.Place, $"$({name}) names no variable");
                }
            }
        }
    }

    private static IEnumerable<(MappingNode Job, MappingNode Step)> JobsWithSteps(MappingNode pipeline) =>
        pipeline.Stages().SelectMany(stage => stage.Jobs()).SelectMany(job => job.Steps().Select(step => (job, step)));

    private static bool IsOnServer(MappingNode job) => job.Text("pool") == "server";

    private static int? Minutes(MappingNode node, string key) =>
        int.TryParse(node.Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : null;

    [GeneratedRegex(@"^[\w./-]+( [\w./-]+)*\z")]
    private static partial Regex OneCommand();

    [GeneratedRegex("PASSWORD|SECRET|TOKEN", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"^\$\([\w.]+\)\z")]
    private static partial Regex WholeMacro();

    [GeneratedRegex(@"\$\(([^()\s]+)\)")]
    private static partial Regex Macro();
}

/// <summary>
/// The variables that Azure Pipelines defines for the jobs of a YAML pipeline in Azure Repos, after "Use predefined variables"
/// (learn.microsoft.com/azure/devops/pipelines/build/variables).
/// </summary>
internal static class PredefinedVariables
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "Agent.BuildDirectory", "Agent.HomeDirectory", "Agent.Id", "Agent.JobName", "Agent.JobStatus", "Agent.MachineName", "Agent.Name", "Agent.OS",
        "Agent.OSArchitecture", "Agent.TempDirectory", "Agent.ToolsDirectory", "Agent.WorkFolder",
        "Build.ArtifactStagingDirectory", "Build.BinariesDirectory", "Build.BuildId", "Build.BuildNumber", "Build.BuildUri", "Build.DefinitionName",
        "Build.DefinitionVersion", "Build.QueuedBy", "Build.QueuedById", "Build.Reason", "Build.Repository.Clean", "Build.Repository.ID",
        "Build.Repository.LocalPath", "Build.Repository.Name", "Build.Repository.Provider", "Build.Repository.Uri", "Build.RequestedFor",
        "Build.RequestedForEmail", "Build.RequestedForId", "Build.SourceBranch", "Build.SourceBranchName", "Build.SourcesDirectory",
        "Build.SourceVersion", "Build.SourceVersionMessage", "Build.StagingDirectory", "Common.TestResultsDirectory", "Environment.Id",
        "Environment.Name", "Pipeline.Workspace", "Strategy.CycleName", "Strategy.Name", "System.AccessToken", "System.ArtifactsDirectory",
        "System.CollectionId", "System.CollectionUri", "System.Debug", "System.DefaultWorkingDirectory", "System.DefinitionId", "System.JobAttempt",
        "System.JobDisplayName", "System.JobId", "System.JobName", "System.OidcRequestUri", "System.PhaseAttempt", "System.PhaseName",
        "System.StageAttempt", "System.StageDisplayName", "System.StageName", "System.TeamFoundationCollectionUri", "System.TeamProject",
        "System.TeamProjectId", "System.TimelineId", "TF_BUILD",
    };

    public static bool Contains(string name) => Names.Contains(name);
}
