using FaceEdge.Deploy.Rehearsal.Definition;
using FaceEdge.Deploy.Rehearsal.Expressions;
using FaceEdge.Deploy.Rehearsal.Running.Tasks;

namespace FaceEdge.Deploy.Rehearsal.Running;

/// <summary>Runs the steps of a job, in order, each under its condition.</summary>
internal sealed class JobRunner(JobSurroundings job)
{
    private readonly StepRunner _steps = new(job);

    /// <summary>Outcome of the steps so far.</summary>
    private RunOutcome _soFar = RunOutcome.Succeeded;

    /// <summary>In one line, the first thing that did not succeed.</summary>
    private string? _failure;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var run = job.Job;
        run.Outcome = RunOutcome.Running;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(run.Definition.Timeout);
        try
        {
            job.Folders.PrepareJob();
            await PrepareAsync(limit.Token);
            await RunHooksAsync(limit.Token);
            run.Outcome = _soFar;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            run.Outcome = RunOutcome.Failed;
            run.Detail = $"the job took longer than {run.Definition.Timeout.TotalMinutes:0} min";
        }
        catch (OperationCanceledException)
        {
            run.Outcome = RunOutcome.Canceled;
            run.Detail = "interrupted";
            throw;
        }
        finally
        {
            await ProcessReaper.EndAllAsync(job.Mark, job.Run.Time);
        }

        if (run.Outcome == RunOutcome.Failed && run.Definition.ContinueOnError)
        {
            run.Outcome = RunOutcome.SucceededWithIssues;
        }
    }

    /// <summary>What the agent does before the first step: a job's checkout when it names none, a deployment's artifacts.</summary>
    private async Task PrepareAsync(CancellationToken cancellation)
    {
        var steps = job.Job.Definition.Hooks.SelectMany(hook => hook.Steps).ToList();
        if (job.Job.Definition.IsAgentless)
        {
            return;
        }

        if (job.Job.Definition.IsDeployment)
        {
            if (!steps.Exists(step => step.Action is StepAction.PipelineTask { Name: "DownloadPipelineArtifact" }))
            {
                Artifacts.DownloadAll(job);
            }
        }
        else if (!steps.Exists(step => step.Action is StepAction.Checkout))
        {
            var place = job.Job.Definition.Place;
            await RunStepAsync(
                new StepDefinition(place, null, "Checkout", null, false, true, new Dictionary<string, string>(), null, 0, new StepAction.Checkout(false, 1, false, null)),
                cancellation);
        }
    }

    private async Task RunHooksAsync(CancellationToken cancellation)
    {
        foreach (var hook in job.Job.Definition.Hooks.Where(hook => hook.Kind == HookKind.Main))
        {
            if (_soFar is RunOutcome.Waiting || (_soFar == RunOutcome.Failed && job.Job.Definition.IsDeployment))
            {
                break;
            }

            await RunStepsAsync(hook, cancellation);
        }

        var after = _soFar == RunOutcome.Failed ? HookKind.OnFailure : HookKind.OnSuccess;
        if (_soFar is RunOutcome.Waiting || job.Job.Definition.Hooks.FirstOrDefault(hook => hook.Kind == after) is not { } last)
        {
            return;
        }

        // The hook's own steps start over; the job stays what the others made of it.
        var outcome = _soFar;
        _soFar = RunOutcome.Succeeded;
        await RunStepsAsync(last, cancellation);
        _soFar = outcome == RunOutcome.Failed ? outcome : _soFar;
    }

    private async Task RunStepsAsync(HookDefinition hook, CancellationToken cancellation)
    {
        foreach (var step in hook.Steps.Where(step => step.Enabled))
        {
            if (_soFar == RunOutcome.Waiting)
            {
                return;
            }

            if (!IsWanted(step))
            {
                job.Job.Steps.Add(new StepRun(job.Variables.Expand(step.DisplayName), RunOutcome.Skipped, null, TimeSpan.Zero, null));
                continue;
            }

            await RunStepAsync(step, cancellation);
        }
    }

    private async Task RunStepAsync(StepDefinition step, CancellationToken cancellation)
    {
        var shown = job.Variables.Expand(step.DisplayName);
        job.Job.Detail = shown;
        job.Stage.Detail = shown;
        var done = await _steps.RunAsync(step, cancellation);
        job.Job.Steps.Add(done);
        job.Run.Progress.Report($"{job.Stage.Name}: {done.Name}: {Words(done)}");
        switch (done.Outcome)
        {
            case RunOutcome.Failed:
                _failure ??= $"{done.Name}: {done.Why}";
                _soFar = RunOutcome.Failed;
                break;
            case RunOutcome.Waiting:
                _failure ??= done.Why;
                _soFar = RunOutcome.Waiting;
                break;
            case RunOutcome.SucceededWithIssues when _soFar == RunOutcome.Succeeded:
                _soFar = RunOutcome.SucceededWithIssues;
                break;
            default:
                break;
        }

        job.Job.Detail = _failure;
    }

    private static string Words(StepRun step) => step.Outcome == RunOutcome.Succeeded
        ? $"done in {step.Elapsed.TotalSeconds:0.0} s"
        : $"{step.Outcome switch { RunOutcome.SucceededWithIssues => "failed, and may", RunOutcome.Waiting => "waiting", _ => "failed" }}: {step.Why}";

    private bool IsWanted(StepDefinition step)
    {
        var before = new Dictionary<string, RunOutcome> { ["job"] = _soFar };
        var names = new Dictionary<string, Value>(StringComparer.OrdinalIgnoreCase) { ["variables"] = job.Variables.ToValue() };
        return Evaluator.Evaluate(step.Condition?.Text ?? RunScope.Default, new RunScope(names, before, isCanceled: false), step.Condition?.Place ?? step.Place).IsTrue;
    }
}
