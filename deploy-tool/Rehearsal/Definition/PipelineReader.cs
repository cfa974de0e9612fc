using FaceEdge.Deploy.Rehearsal.Syntax;

namespace FaceEdge.Deploy.Rehearsal.Definition;

/// <summary>
/// Reads an expanded pipeline (learn.microsoft.com/azure/devops/pipelines/yaml-schema). What a rehearsal cannot do is refused by file and
/// line rather than left out.
/// </summary>
internal static class PipelineReader
{
    /// <summary>Azure Pipelines' own default (learn.microsoft.com/azure/devops/pipelines/process/phases#timeouts).</summary>
    private static readonly TimeSpan DefaultJobTimeout = TimeSpan.FromMinutes(60);

    private const string OnlyName = "__default";

    public static PipelineDefinition Read(MappingNode root)
    {
        var reader = new NodeReader(root, "the pipeline").Ignore("trigger", "pr", "schedules", "pool", "appendCommitMessageToRunName", "lockBehavior", "parameters");
        if (reader.Node("resources") is { } resources)
        {
            throw resources.Place.Fault("resources of other pipelines and repositories are not there in a rehearsal");
        }

        var variables = ReadVariables(reader.Node("variables"));
        var name = reader.Text("name");
        var stages = reader.Has("stages") ? ReadStages(reader) : [OnlyStage(reader, root)];
        reader.Ignore("stages", "jobs", "steps").Finish();
        return new PipelineDefinition(name, variables, stages);
    }

    private static StageDefinition OnlyStage(NodeReader reader, MappingNode root)
    {
        var jobs = reader.Has("jobs")
            ? ReadJobs(reader)
            : [new JobDefinition(root.Place, "Job", "Job", [], null, [], IsServer(reader.Node("pool")), DefaultJobTimeout, false, null, [Only("steps", reader.Items("steps"))])];
        return new StageDefinition(root.Place, OnlyName, OnlyName, [], null, [], jobs, IsSkippable: true, IsManual: false);
    }

    private static List<StageDefinition> ReadStages(NodeReader pipeline)
    {
        var stages = new List<StageDefinition>();
        foreach (var item in pipeline.Items("stages"))
        {
            var reader = new NodeReader(item, "a stage").Ignore("pool", "lockBehavior", "templateContext");
            var name = reader.RequiredText("stage");
            var dependsOn = reader.Has("dependsOn") ? reader.Texts("dependsOn") : stages is [.., var before] ? [before.Name] : [];
            var stage = new StageDefinition(
                item.Place,
                name,
                reader.Text("displayName") ?? name,
                dependsOn,
                reader.Condition(),
                ReadVariables(reader.Node("variables")),
                ReadJobs(reader),
                reader.Flag("isSkippable", otherwise: true),
                reader.Text("trigger") == "manual");
            reader.Finish();
            if (stages.Exists(other => Same(other.Name, name)))
            {
                throw item.Place.Fault($"there are two stages '{name}'");
            }

            stages.Add(stage);
        }

        RequireKnown(stages, stage => stage.Place, stage => stage.Name, stage => stage.DependsOn, "stage");
        return stages;
    }

    private static List<JobDefinition> ReadJobs(NodeReader stage)
    {
        var jobs = stage.Items("jobs").Select(ReadJob).ToList();
        var twice = jobs.GroupBy(job => job.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw twice.Last().Place.Fault($"there are two jobs '{twice.Key}' in one stage");
        }

        RequireKnown(jobs, job => job.Place, job => job.Name, job => job.DependsOn, "job");
        return jobs;
    }

    private static JobDefinition ReadJob(PipelineNode item)
    {
        var reader = new NodeReader(item, "a job").Ignore("workspace", "cancelTimeoutInMinutes", "templateContext", "uses");
        foreach (var key in new[] { "container", "services" })
        {
            if (reader.Node(key) is { } node)
            {
                throw node.Place.Fault($"'{key}' needs a container engine, which a rehearsal does without");
            }
        }

        var isDeployment = reader.Has("deployment");
        var name = reader.RequiredText(isDeployment ? "deployment" : "job");
        var job = new JobDefinition(
            item.Place,
            name,
            reader.Text("displayName") ?? name,
            reader.Texts("dependsOn"),
            reader.Condition(),
            ReadVariables(reader.Node("variables")),
            IsServer(reader.Node("pool")),
            Timeout(reader) ?? DefaultJobTimeout,
            reader.Flag("continueOnError"),
            isDeployment ? EnvironmentOf(reader) : null,
            isDeployment ? ReadRunOnce(reader) : [Only("steps", reader.Items("steps"))]);
        if (!isDeployment && reader.Node("strategy") is { } strategy)
        {
            throw strategy.Place.Fault("'strategy' of a job (matrix, parallel) is not known to a rehearsal");
        }

        reader.Finish();
        return job;
    }

    private static string EnvironmentOf(NodeReader reader) => reader.Node("environment") switch
    {
        ScalarNode { Value.Length: > 0 } scalar => scalar.Value.Split('.')[0],
        MappingNode mapping when mapping["name"] is ScalarNode scalar => scalar.Value,
        _ => throw reader.Place.Fault("a deployment job needs an environment"),
    };

    private static List<HookDefinition> ReadRunOnce(NodeReader job)
    {
        var strategy = new NodeReader(job.Node("strategy") ?? throw job.Place.Fault("a deployment job needs a strategy"), "a strategy");
        var runOnce = new NodeReader(strategy.Node("runOnce") ?? throw strategy.Place.Fault("only the strategy runOnce is known to a rehearsal"), "runOnce");
        strategy.Finish();
        var hooks = new List<HookDefinition>();
        foreach (var name in new[] { "preDeploy", "deploy", "routeTraffic", "postRouteTraffic" })
        {
            if (runOnce.Node(name) is { } node)
            {
                hooks.Add(ReadHook(name, HookKind.Main, node));
            }
        }

        if (runOnce.Node("on") is { } on)
        {
            var outcomes = new NodeReader(on, "on");
            foreach (var (name, kind) in new[] { ("success", HookKind.OnSuccess), ("failure", HookKind.OnFailure) })
            {
                if (outcomes.Node(name) is { } node)
                {
                    hooks.Add(ReadHook($"on: {name}", kind, node));
                }
            }

            outcomes.Finish();
        }

        runOnce.Finish();
        return hooks;
    }

    private static HookDefinition ReadHook(string name, HookKind kind, PipelineNode node)
    {
        var reader = new NodeReader(node, name).Ignore("pool");
        var hook = new HookDefinition(name, kind, [.. reader.Items("steps").Select(StepReader.Read)]);
        reader.Finish();
        return hook;
    }

    private static HookDefinition Only(string name, IEnumerable<PipelineNode> steps) => new(name, HookKind.Main, [.. steps.Select(StepReader.Read)]);

    private static bool IsServer(PipelineNode? pool) => pool is ScalarNode { Value: "server" };

    internal static TimeSpan? Timeout(NodeReader reader) => reader.Number("timeoutInMinutes", 0) is > 0 and var minutes ? TimeSpan.FromMinutes(minutes) : null;

    private static List<VariableDefinition> ReadVariables(PipelineNode? node)
    {
        var variables = new List<VariableDefinition>();
        if (node is MappingNode mapping)
        {
            variables.AddRange(mapping.Entries.Select(entry => new VariableDefinition(entry.Key.Place, entry.Key.Value, TextOf(entry.Value))));
        }

        foreach (var item in (node as SequenceNode)?.Items ?? [])
        {
            var reader = new NodeReader(item, "a variable").Ignore("readonly");

            // A variable group is kept by the service; --variable gives its values.
            if (!reader.Has("group"))
            {
                variables.Add(new VariableDefinition(item.Place, reader.RequiredText("name"), reader.Text("value") ?? ""));
            }

            reader.Finish();
        }

        return variables;
    }

    private static string TextOf(PipelineNode node) => node is ScalarNode scalar ? scalar.Value : throw node.Place.Fault("a variable must be a text");

    private static void RequireKnown<T>(List<T> all, Func<T, Place> place, Func<T, string> name, Func<T, IReadOnlyList<string>> dependsOn, string what)
    {
        foreach (var one in all)
        {
            if (dependsOn(one).FirstOrDefault(wanted => !all.Exists(other => Same(name(other), wanted))) is { } missing)
            {
                throw place(one).Fault($"'{name(one)}' depends on the {what} '{missing}', which there is not");
            }
        }

        var done = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (all.Exists(one => !done.Contains(name(one))))
        {
            var ready = all.Where(one => !done.Contains(name(one)) && dependsOn(one).All(done.Contains)).Select(name).ToList();
            if (ready.Count == 0)
            {
                var stuck = all.First(one => !done.Contains(name(one)));
                throw place(stuck).Fault($"'{name(stuck)}' depends on itself, through {string.Join(", ", dependsOn(stuck))}");
            }

            done.UnionWith(ready);
        }
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
