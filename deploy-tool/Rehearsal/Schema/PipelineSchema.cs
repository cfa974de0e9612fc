namespace FaceEdge.Deploy.Rehearsal.Schema;

/// <summary>
/// The keys that Azure Pipelines knows and what their values may be, for the parts that a pipeline of stages is made of. Written after
/// Microsoft's "YAML schema reference for Azure Pipelines" (learn.microsoft.com/azure/devops/pipelines/yaml-schema, each page named below)
/// and compared with service-schema.json of github.com/microsoft/azure-pipelines-vscode. It describes a pipeline whose templates are
/// expanded already.
/// </summary>
internal static class PipelineSchema
{
    private static readonly Shape TextOrTexts = new EitherShape("a text or a list of texts", Shape.Text, Shape.Texts);

    /// <summary>Page "variables definition": a mapping, or a list of name and value, and groups.</summary>
    private static readonly Shape Variables = new EitherShape(
        "variables",
        Sequence: new ListShape(new KindShape(
            "a variable",
            [
                Item("a variable", "name", Keys(("name", Shape.Text), ("value", Shape.Text), ("readonly", Shape.Flag))),
                Item("a variable group", "group", Keys(("group", Shape.Text))),
            ])),
        Mapping: Shape.Pairs);

    /// <summary>Pages "pool definition" and "pool.demands definition".</summary>
    private static readonly Shape Pool = new EitherShape(
        "a pool", Shape.Text, Mapping: new MappingShape("a pool", Keys(("name", Shape.Text), ("demands", TextOrTexts), ("vmImage", Shape.Text))));

    /// <summary>Page "jobs.job.workspace definition".</summary>
    private static readonly Shape Workspace = new MappingShape("workspace", Keys(("clean", Shape.OneOf("outputs", "resources", "all"))));

    private static readonly (string, Shape)[] StepControl =
    [
        ("condition", Shape.Text), ("continueOnError", Shape.Flag), ("displayName", Shape.Text), ("target", Shape.Any), ("enabled", Shape.Flag),
        ("env", Shape.Pairs), ("name", Shape.Name), ("timeoutInMinutes", Shape.Number), ("retryCountOnTaskFailure", Shape.Number),
    ];

    private static readonly (string, Shape)[] ShellControl = [("failOnStderr", Shape.Flag), ("workingDirectory", Shape.Text), .. StepControl];

    /// <summary>Pages "steps.bash", "steps.script", "steps.task", "steps.checkout", "steps.download" and "steps.publish definition".</summary>
    private static readonly Shape Step = new KindShape(
        "a step",
        [
            Item("a bash step", "bash", Keys([("bash", Shape.Text), .. ShellControl])),
            Item("a script step", "script", Keys([("script", Shape.Text), .. ShellControl])),
            Item("a task", "task", Keys([("task", Shape.Text), ("inputs", Shape.Pairs), .. StepControl])),
            Item("a checkout", "checkout", Keys(
            [
                ("checkout", Shape.Text), ("clean", Shape.Flag), ("fetchDepth", Shape.Number), ("fetchFilter", Shape.Text), ("fetchTags", Shape.Flag), ("lfs", Shape.Flag),
                ("persistCredentials", Shape.Flag), ("submodules", Shape.OneOf("true", "false", "recursive")), ("path", Shape.Text),
                ("sparseCheckoutDirectories", Shape.Text), ("sparseCheckoutPatterns", Shape.Text), ("workspaceRepo", Shape.Flag), .. StepControl,
            ])),
            Item("a download", "download", Keys([("download", Shape.Text), ("artifact", Shape.Text), ("patterns", Shape.Text), .. StepControl])),
            Item("a publish step", "publish", Keys([("publish", Shape.Text), ("artifact", Shape.Text), .. StepControl])),
        ]);

    private static readonly Shape Steps = new ListShape(Step);

    private static readonly (string, Shape)[] JobControl =
    [
        ("displayName", Shape.Text), ("dependsOn", TextOrTexts), ("condition", Shape.Text), ("continueOnError", Shape.Flag), ("timeoutInMinutes", Shape.Number),
        ("cancelTimeoutInMinutes", Shape.Number), ("variables", Variables), ("pool", Pool), ("container", Shape.Any), ("services", Shape.Pairs),
        ("workspace", Workspace), ("uses", Shape.Any), ("templateContext", Shape.Any),
    ];

    private static readonly Shape Hook = new MappingShape("a hook", Keys(("steps", Steps), ("pool", Pool))) { Required = ["steps"] };

    /// <summary>Page "jobs.deployment.strategy.runOnce definition".</summary>
    private static readonly Shape RunOnce = new MappingShape(
        "runOnce",
        Keys(
            ("preDeploy", Hook),
            ("deploy", Hook),
            ("routeTraffic", Hook),
            ("postRouteTraffic", Hook),
            ("on", new MappingShape("on", Keys(("failure", Hook), ("success", Hook))))))
    {
        Required = ["deploy"],
    };

    /// <summary>Page "jobs.deployment.environment definition".</summary>
    private static readonly Shape Environment = new EitherShape(
        "an environment",
        Shape.Text,
        Mapping: new MappingShape(
            "an environment",
            Keys(("name", Shape.Text), ("resourceName", Shape.Text), ("resourceId", Shape.Text), ("resourceType", Shape.OneOf("virtualMachine", "Kubernetes")), ("tags", Shape.Text)))
        {
            Required = ["name"],
        });

    /// <summary>Pages "jobs.job definition" and "jobs.deployment definition".</summary>
    private static readonly Shape Job = new KindShape(
        "a job",
        [
            Item("a job", "job", Keys([("job", Shape.Name), ("strategy", Shape.Any), ("steps", Steps), .. JobControl]), "steps"),
            Item(
                "a deployment job",
                "deployment",
                Keys(
                [
                    ("deployment", Shape.Name), ("environment", Environment),
                    ("strategy", new MappingShape("a strategy", Keys(("runOnce", RunOnce), ("rolling", Shape.Any), ("canary", Shape.Any)))),
                    .. JobControl,
                ]),
                "environment",
                "strategy"),
        ]);

    private static readonly Shape LockBehavior = Shape.OneOf("sequential", "runLatest");

    /// <summary>Page "stages.stage definition".</summary>
    private static readonly Shape Stage = new KindShape(
        "a stage",
        [
            Item(
                "a stage",
                "stage",
                Keys(
                    ("stage", Shape.Name),
                    ("group", Shape.Text),
                    ("displayName", Shape.Text),
                    ("pool", Pool),
                    ("dependsOn", TextOrTexts),
                    ("condition", Shape.Text),
                    ("variables", Variables),
                    ("jobs", new ListShape(Job)),
                    ("lockBehavior", LockBehavior),
                    ("trigger", Shape.OneOf("manual", "automatic")),
                    ("isSkippable", Shape.Flag),
                    ("templateContext", Shape.Any)),
                "jobs"),
        ]);

    /// <summary>Page "includeExcludeFilters definition".</summary>
    private static readonly Shape Filters = new EitherShape(
        "filters", Sequence: Shape.Texts, Mapping: new MappingShape("filters", Keys(("include", Shape.Texts), ("exclude", Shape.Texts))));

    /// <summary>Page "trigger definition".</summary>
    private static readonly Shape Trigger = new EitherShape(
        "a trigger",
        Shape.OneOf("none"),
        Shape.Texts,
        new MappingShape("a trigger", Keys(("batch", Shape.Flag), ("branches", Filters), ("paths", Filters), ("tags", Filters))));

    /// <summary>Page "pr definition".</summary>
    private static readonly Shape PullRequests = new EitherShape(
        "a trigger of pull requests",
        Shape.OneOf("none"),
        Shape.Texts,
        new MappingShape("a trigger of pull requests", Keys(("autoCancel", Shape.Flag), ("branches", Filters), ("paths", Filters), ("drafts", Shape.Flag))));

    /// <summary>Page "parameters.parameter definition" with its table of types.</summary>
    public static Shape Parameters { get; } = new ListShape(Item(
        "a parameter",
        "name",
        Keys(
            ("name", Shape.Text),
            ("displayName", Shape.Text),
            ("type", Shape.OneOf(
                "string", "number", "boolean", "object", "step", "stepList", "job", "jobList", "deployment", "deploymentList", "stage", "stageList")),
            ("default", Shape.Any),
            ("values", Shape.Texts)),
        "type"));

    /// <summary>Page "pipeline definition", in its form with stages.</summary>
    public static Shape Pipeline { get; } = new MappingShape(
        "a pipeline",
        Keys(
            ("stages", new ListShape(Stage)),
            ("pool", Pool),
            ("name", Shape.Text),
            ("appendCommitMessageToRunName", Shape.Flag),
            ("trigger", Trigger),
            ("parameters", Parameters),
            ("pr", PullRequests),
            ("schedules", Shape.Any),
            ("resources", Shape.Any),
            ("variables", Variables),
            ("lockBehavior", LockBehavior)))
    {
        Required = ["stages"],
    };

    private static Dictionary<string, Shape> Keys(params (string Key, Shape Shape)[] keys) =>
        keys.ToDictionary(one => one.Key, one => one.Shape, StringComparer.OrdinalIgnoreCase);

    private static MappingShape Item(string what, string first, Dictionary<string, Shape> keys, params string[] required) =>
        new(what, keys) { First = first, Required = required };
}
