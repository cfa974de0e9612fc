using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Rehearsal.Definition;
using FaceEdge.Deploy.Rehearsal.Expressions;
using FaceEdge.Deploy.Rehearsal.Running.Tasks;

namespace FaceEdge.Deploy.Rehearsal.Running;

/// <summary>
/// Runs a pipeline's stages in the order of their dependencies on one agent, so that one job runs at a time
/// (learn.microsoft.com/azure/devops/pipelines/process/stages and …/process/phases).
/// </summary>
internal sealed class PipelineRunner
{
    private readonly PipelineDefinition _pipeline;
    private readonly RunSurroundings _run;
    private readonly IReadOnlyDictionary<string, string> _overrides;
    private readonly IReadOnlyDictionary<string, EnvironmentCheck> _checks;

    /// <param name="pipeline">The expanded pipeline; every task in it has an emulator, or this throws.</param>
    /// <param name="run">What all jobs share.</param>
    /// <param name="overrides">Variables of the command line, which win over YAML's.</param>
    /// <param name="checks">Approval checks, by the Environments that have them.</param>
    /// <param name="skipped">Stages left out, as with "Stages to run"; what depends on them runs as if they had succeeded.</param>
    /// <param name="unrehearsed">Stages that this rehearsal leaves out of its own, which Azure would not: those that are not skippable too.</param>
    public PipelineRunner(
        PipelineDefinition pipeline,
        RunSurroundings run,
        IReadOnlyDictionary<string, string> overrides,
        IReadOnlyDictionary<string, EnvironmentCheck> checks,
        IReadOnlySet<string> skipped,
        IReadOnlySet<string> unrehearsed)
    {
        _pipeline = pipeline;
        _run = run;
        _overrides = overrides;
        _checks = checks;
        Stages = [.. pipeline.Stages.Select(stage => new StageRun(stage))];
        foreach (var name in skipped)
        {
            var stage = Stages.FirstOrDefault(one => Same(one.Name, name))
                ?? throw DeployException.BadInput($"there is no stage '{name}' to skip", $"the stages are {string.Join(", ", Stages.Select(one => one.Name))}");
            if (!stage.Definition.IsSkippable)
            {
                throw stage.Definition.Place.Fault($"the stage '{name}' says isSkippable: false");
            }

            stage.Outcome = RunOutcome.Skipped;
            stage.Detail = "left out";
        }

        foreach (var stage in Stages.Where(stage => unrehearsed.Contains(stage.Name)))
        {
            stage.Outcome = RunOutcome.Skipped;
            stage.Detail = "not part of a quick rehearsal";
        }

        LeftOut = skipped.Union(unrehearsed).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var step in pipeline.Stages.SelectMany(stage => stage.Jobs).SelectMany(job => job.Hooks).SelectMany(hook => hook.Steps))
        {
            if (step.Action is StepAction.PipelineTask task)
            {
                TaskEmulators.Find(task, step.Place);
            }
        }
    }

    /// <summary>The stages with how far they are; may be read while they run.</summary>
    public IReadOnlyList<StageRun> Stages { get; }

    private HashSet<string> LeftOut { get; }

    /// <summary>Runs until nothing more can run.</summary>
    /// <remarks>
    /// <c>stopAfter</c>: A stage after which no further one begins; null for none.
    /// </remarks>
    public async Task RunAsync(string? stopAfter, CancellationToken cancellation)
    {
        if (stopAfter is not null && !Stages.Any(stage => Same(stage.Name, stopAfter)))
        {
            throw DeployException.BadInput($"there is no stage '{stopAfter}' to stop after", $"the stages are {string.Join(", ", Stages.Select(one => one.Name))}");
        }

        while (Stages.FirstOrDefault(IsReady) is { } stage)
        {
            stage.Begin(_run.Time);
            try
            {
                await RunStageAsync(stage, cancellation);
            }
            catch (OperationCanceledException)
            {
                stage.Outcome = RunOutcome.Canceled;
                stage.Detail = "interrupted";
                throw;
            }
            finally
            {
                stage.End();
            }

            if (stopAfter is not null && Same(stage.Name, stopAfter))
            {
                return;
            }
        }
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private bool IsReady(StageRun stage) =>
        stage.Outcome == RunOutcome.Pending && stage.Definition.DependsOn.All(name => Stages.First(other => Same(other.Name, name)).Outcome.IsEnded());

    private RunOutcome OutcomeOf(StageRun stage) => LeftOut.Contains(stage.Name) ? RunOutcome.Succeeded : stage.Outcome;

    private async Task RunStageAsync(StageRun stage, CancellationToken cancellation)
    {
        var before = Dependencies.Before(stage.Name, Stages, one => one.Name, one => one.Definition.DependsOn);
        var names = new Dictionary<string, Value>(StringComparer.OrdinalIgnoreCase)
        {
            ["dependencies"] = Dependencies.OfStages(before),
            ["variables"] = VariablesOf(stage, null, null).ToValue(),
        };
        var scope = new RunScope(names, before.ToDictionary(one => one.Name, OutcomeOf, StringComparer.OrdinalIgnoreCase), cancellation.IsCancellationRequested);
        var condition = stage.Definition.Condition;
        if (!Evaluator.Evaluate(condition?.Text ?? RunScope.Default, scope, condition?.Place ?? stage.Definition.Place).IsTrue)
        {
            stage.Outcome = RunOutcome.Skipped;
            stage.Detail = condition is null ? "what it depends on did not succeed" : $"its condition is false: {condition.Text.Trim()}";
            _run.Progress.Report($"{stage.Name}: skipped: {stage.Detail}");
            return;
        }

        stage.Outcome = RunOutcome.Running;
        if (await AskEnvironmentsAsync(stage, cancellation))
        {
            await RunJobsAsync(stage, before, cancellation);
        }
    }

    /// <summary>
    /// Approvals of Environments are asked before their stage begins
    /// (learn.microsoft.com/azure/devops/pipelines/process/approvals).
    /// </summary>
    private async Task<bool> AskEnvironmentsAsync(StageRun stage, CancellationToken cancellation)
    {
        foreach (var environment in stage.Definition.Jobs.Select(job => job.Environment).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!_checks.TryGetValue(environment, out var check))
            {
                continue;
            }

            var answer = await _run.Approvals.AskAsync(check.Subject, $"May {environment} get the image?", check.People, cancellation);
            if (answer.IsApproved != true)
            {
                stage.Outcome = answer.IsApproved is null ? RunOutcome.Waiting : RunOutcome.Failed;
                stage.Detail = answer.IsApproved is null
                    ? $"approval of {environment}: waits for an approval: --approve {check.Subject}"
                    : $"approval of {environment}: rejected by {string.Join(", ", answer.By)}";
                _run.Progress.Report($"{stage.Name}: {stage.Detail}");
                return false;
            }

            _run.Approvals.Note(stage.Name, answer.By);
            _run.Progress.Report($"{stage.Name}: approval of {environment}: given by {string.Join(", ", answer.By)}");
        }

        return true;
    }

    private async Task RunJobsAsync(StageRun stage, IReadOnlyList<StageRun> stagesBefore, CancellationToken cancellation)
    {
        while (stage.Jobs.FirstOrDefault(job => IsReady(stage, job)) is { } job)
        {
            await RunJobAsync(stage, job, stagesBefore, cancellation);
        }

        var outcomes = stage.Jobs.Select(job => job.Outcome).ToList();
        stage.Outcome = outcomes switch
        {
            _ when outcomes.Contains(RunOutcome.Failed) => RunOutcome.Failed,
            _ when outcomes.Contains(RunOutcome.Waiting) => RunOutcome.Waiting,
            _ when outcomes.TrueForAll(outcome => outcome == RunOutcome.Skipped) => RunOutcome.Skipped,
            _ when outcomes.Contains(RunOutcome.SucceededWithIssues) => RunOutcome.SucceededWithIssues,
            _ => RunOutcome.Succeeded,
        };
        stage.Detail = stage.Outcome == RunOutcome.Succeeded
            ? null
            : stage.Jobs.FirstOrDefault(job => job.Outcome == stage.Outcome)?.Detail;
    }

    private static bool IsReady(StageRun stage, JobRun job) =>
        job.Outcome == RunOutcome.Pending && job.Definition.DependsOn.All(name => stage.Jobs.First(other => Same(other.Name, name)).Outcome.IsEnded());

    private async Task RunJobAsync(StageRun stage, JobRun job, IReadOnlyList<StageRun> stagesBefore, CancellationToken cancellation)
    {
        var before = Dependencies.Before(job.Name, stage.Jobs, one => one.Name, one => one.Definition.DependsOn);
        var names = new Dictionary<string, Value>(StringComparer.OrdinalIgnoreCase)
        {
            ["dependencies"] = Dependencies.OfJobs(before),
            ["stageDependencies"] = Dependencies.OfJobsByStage(stagesBefore),
        };
        var scope = new RunScope(names, before.ToDictionary(one => one.Name, one => one.Outcome, StringComparer.OrdinalIgnoreCase), cancellation.IsCancellationRequested);
        var variables = VariablesOf(stage, job, scope);
        names["variables"] = variables.ToValue();
        var condition = job.Definition.Condition;
        if (!Evaluator.Evaluate(condition?.Text ?? RunScope.Default, scope, condition?.Place ?? job.Definition.Place).IsTrue)
        {
            job.Outcome = RunOutcome.Skipped;
            return;
        }

        var surroundings = new JobSurroundings(stage, job, variables, _run.Agent, _run, ProcessReaper.NewMark());
        await new JobRunner(surroundings).RunAsync(cancellation);
    }

    /// <summary>The inner wins over the outer, the command line over all; a <c>$[ ]</c> is evaluated as the job begins.</summary>
    private RunVariables VariablesOf(StageRun stage, JobRun? job, IScope? scope)
    {
        var variables = new RunVariables();
        foreach (var (name, value) in _run.Predefined)
        {
            variables.Set(name, value);
        }

        variables.Set("System.AccessToken", _run.AccessToken, secret: true);
        variables.Set("System.StageName", stage.Name);
        variables.Set("System.StageDisplayName", stage.Definition.DisplayName);
        if (job is not null)
        {
            variables.Set("System.JobName", job.Name);
            variables.Set("System.JobDisplayName", job.Definition.DisplayName);
            variables.Set("Agent.JobName", job.Definition.DisplayName);
            if (job.Definition.Environment is { } environment)
            {
                variables.Set("Environment.Name", environment);
            }
        }

        foreach (var variable in _pipeline.Variables.Concat(stage.Definition.Variables).Concat(job?.Definition.Variables ?? []))
        {
            var text = variable.Value.Trim();
            var isExpression = text.StartsWith("$[", StringComparison.Ordinal) && text.EndsWith(']');
            if (!isExpression)
            {
                variables.Set(variable.Name, variable.Value);
            }
            else if (scope is not null)
            {
                variables.Set(variable.Name, Evaluator.Evaluate(text[2..^1], new WithVariables(scope, variables), variable.Place).Text ?? "");
            }
        }

        foreach (var (name, value) in _overrides)
        {
            variables.Set(name, value);
        }

        return variables;
    }

    /// <summary>A scope whose variables are those set so far.</summary>
    private sealed class WithVariables(IScope inner, RunVariables variables) : IScope
    {
        public Value? Find(string name) => string.Equals(name, "variables", StringComparison.OrdinalIgnoreCase) ? variables.ToValue() : inner.Find(name);

        public Value? Call(string function, IReadOnlyList<Value> arguments) => inner.Call(function, arguments);
    }
}

/// <summary>The approval check of an Environment.</summary>
/// <param name="Subject">The environment before it, which is what is approved.</param>
/// <param name="People">How many different people must approve.</param>
internal sealed record EnvironmentCheck(string Subject, int People);
