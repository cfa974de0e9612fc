using System.Globalization;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Rehearsal.Definition;
using FaceEdge.Deploy.Rehearsal.Running.Tasks;

namespace FaceEdge.Deploy.Rehearsal.Running;

/// <summary>Runs one step: a script in a shell, a checkout, or the emulator of a task.</summary>
internal sealed class StepRunner(JobSurroundings job)
{
    private readonly JobSurroundings _job = job;
    private int _number;

    /// <summary>Runs the step with its retries and its time limit.</summary>
    public async Task<StepRun> RunAsync(StepDefinition step, CancellationToken cancellation)
    {
        var started = _job.Run.Time.GetTimestamp();
        var shown = _job.Variables.Expand(step.DisplayName);
        var folder = Path.Combine(_job.Run.Logs, _job.Stage.Name, _job.Job.Name);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{++_number:00}-{FileName(shown)}.log"));
        using var log = new StepLog(path, step, _job);
        StepOutcome outcome;
        for (var attempt = 0; ; attempt++)
        {
            outcome = await AttemptAsync(step, log, cancellation);
            if (outcome.Outcome != RunOutcome.Failed || attempt >= step.Retries)
            {
                break;
            }

            log.Line($"attempt {attempt + 1} failed: {outcome.Why}; trying again");
        }

        if (outcome.Outcome == RunOutcome.Failed && step.ContinueOnError)
        {
            outcome = outcome with { Outcome = RunOutcome.SucceededWithIssues };
        }

        return new StepRun(shown, outcome.Outcome, outcome.Why, _job.Run.Time.GetElapsedTime(started), path);
    }

    private async Task<StepOutcome> AttemptAsync(StepDefinition step, StepLog log, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (step.Timeout is { } timeout)
        {
            limit.CancelAfter(timeout);
        }

        try
        {
            var outcome = step.Action switch
            {
                StepAction.Script script => await RunScriptAsync(step, script, log, limit.Token),
                StepAction.Checkout checkout => await CheckoutRunner.RunAsync(checkout, _job, log, limit.Token),
                StepAction.PipelineTask task => await RunTaskAsync(step, task, log, limit.Token),
                _ => throw new InvalidOperationException($"unknown action {step.Action}"),
            };
            return outcome.Outcome == RunOutcome.Failed ? outcome : log.Completed ?? outcome;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return StepOutcome.Failed($"it took longer than {step.Timeout!.Value.TotalMinutes:0} min");
        }
        catch (DeployException exception)
        {
            log.Line($"error: {exception.Message}: {exception.Remedy}");
            return StepOutcome.Failed(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Line($"error: {exception.Message}");
            return StepOutcome.Failed(exception.Message);
        }
    }

    private async Task<StepOutcome> RunScriptAsync(StepDefinition step, StepAction.Script script, StepLog log, CancellationToken cancellation)
    {
        var text = _job.Variables.Expand(script.Text);
        var isPowerShell = script.Shell == "pwsh";
        var file = Path.Combine(_job.Folders.Temporary, $"{Guid.NewGuid():N}.{(isPowerShell ? "ps1" : "sh")}");
        await File.WriteAllTextAsync(file, text, cancellation);
        var directory = script.WorkingDirectory is { Length: > 0 } asked
            ? Path.GetFullPath(_job.Variables.Expand(asked), _job.Folders.Sources)
            : _job.Folders.Sources;
        if (!Directory.Exists(directory))
        {
            return StepOutcome.Failed($"its working directory {directory} is not there");
        }

        string[] arguments = isPowerShell ? ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", file] : ["--noprofile", "--norc", file];
        var exitCode = await ShellProcess.RunAsync(script.Shell, arguments, directory, EnvironmentOf(step), log.Line, cancellation);
        return (exitCode, script.FailOnErrorOutput && log.HasErrorOutput) switch
        {
            (not 0, _) => StepOutcome.Failed(string.Create(CultureInfo.InvariantCulture, $"{log.Why} (exit code {exitCode})")),
            (_, true) => StepOutcome.Failed($"{log.Why} (standard error was written to)"),
            _ => StepOutcome.Succeeded,
        };
    }

    private Task<StepOutcome> RunTaskAsync(StepDefinition step, StepAction.PipelineTask task, StepLog log, CancellationToken cancellation)
    {
        var inputs = task.Inputs.ToDictionary(one => one.Key, one => _job.Variables.Expand(one.Value), StringComparer.OrdinalIgnoreCase);
        return TaskEmulators.Find(task, step.Place).RunAsync(new TaskEmulatorRun(inputs, step, _job, log, EnvironmentOf(step)), cancellation);
    }

    /// <summary>Variables, then the step's own <c>env</c>, which alone may carry secrets.</summary>
    private List<KeyValuePair<string, string>> EnvironmentOf(StepDefinition step) =>
    [
        .. _job.Variables.ForProcesses(),
        .. step.Environment.Select(one => KeyValuePair.Create(one.Key, _job.Variables.Expand(one.Value))),
        new(ProcessReaper.Variable, _job.Mark),
    ];

    private static string FileName(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')).Trim('-') is { Length: > 0 } name ? name[..Math.Min(60, name.Length)] : "step";
}
