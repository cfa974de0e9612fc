using FaceEdge.Deploy.Rehearsal.Definition;

namespace FaceEdge.Deploy.Rehearsal.Running;

/// <summary>
/// Takes the lines of a step: writes them to its file without secrets, obeys logging commands, and remembers what would say in one line
/// why it failed.
/// </summary>
internal sealed class StepLog : IDisposable
{
    private readonly StreamWriter _file;
    private readonly StepDefinition _step;
    private readonly JobSurroundings _job;
    private string? _issue;
    private string? _errorLine;
    private string? _lastError;
    private string? _lastOutput;
    private StepOutcome? _completed;

    public StepLog(string path, StepDefinition step, JobSurroundings job)
    {
        Path = path;
        _step = step;
        _job = job;
        _file = new StreamWriter(path) { AutoFlush = true };
    }

    public string Path { get; }

    /// <summary>Whether anything came on standard error.</summary>
    public bool HasErrorOutput { get; private set; }

    /// <summary>The state that the step declared by <c>task.complete</c>; null when it did not.</summary>
    public StepOutcome? Completed => _completed is { Outcome: RunOutcome.Failed, Why: null or "" } ? _completed with { Why = Why } : _completed;

    /// <summary>In one line, the best account of a failure: a reported issue, a line that begins with error, the last line.</summary>
    public string Why => _issue ?? _errorLine ?? _lastError ?? _lastOutput ?? "it wrote nothing";

    public void Line(string text) => Line(text, isError: false);

    public void Line(string text, bool isError)
    {
        var shown = _job.Variables.Mask(text);
        _file.WriteLine(shown);
        HasErrorOutput |= isError;
        if (LoggingCommand.Read(text) is { } command)
        {
            Obey(command);
        }
        else if (shown.Trim() is { Length: > 0 } said)
        {
            Remember(said, isError);
        }
    }

    public void Dispose() => _file.Dispose();

    private void Remember(string said, bool isError)
    {
        if (said.StartsWith("##[error]", StringComparison.Ordinal))
        {
            _issue ??= said[9..].Trim();
        }
        else if (said.StartsWith("error:", StringComparison.OrdinalIgnoreCase) || said.Contains(": error ", StringComparison.Ordinal))
        {
            _errorLine = said.StartsWith("error:", StringComparison.OrdinalIgnoreCase) ? said[6..].Trim() : _errorLine ?? said;
        }

        if (isError)
        {
            _lastError = said;
        }
        else
        {
            _lastOutput = said;
        }
    }

    private void Obey(LoggingCommand command)
    {
        switch (command.Name)
        {
            case "task.setvariable" when command.Properties.TryGetValue("variable", out var name):
                SetVariable(command, name);
                break;
            case "task.setsecret":
                _job.Variables.Set($"secret {Guid.NewGuid():N}", command.Message, secret: true);
                break;
            case "task.logissue" when command.Properties.GetValueOrDefault("type") == "error":
                _issue ??= _job.Variables.Mask(command.Message);
                break;
            case "task.complete":
                _completed = Enum.TryParse<RunOutcome>(command.Properties.GetValueOrDefault("result"), ignoreCase: true, out var outcome)
                    ? new StepOutcome(outcome, outcome == RunOutcome.Succeeded ? null : _job.Variables.Mask(command.Message))
                    : _completed;
                break;
            case "task.prependpath":
                _job.Variables.Set("PATH", $"{command.Message}:{_job.Variables["PATH"] ?? Environment.GetEnvironmentVariable("PATH")}");
                break;
            case "task.uploadsummary" or "task.addattachment" or "task.uploadfile":
                Keep(command, _job.Run.Summaries);
                break;
            case "artifact.upload":
                Keep(command, System.IO.Path.Combine(_job.Run.Artifacts, command.Properties.GetValueOrDefault("artifactname") ?? "drop"));
                break;
            case "build.updatebuildnumber":
                _job.Variables.Set("Build.BuildNumber", command.Message);
                break;
            default:
                break;
        }
    }

    /// <summary>learn.microsoft.com/azure/devops/pipelines/process/set-variables-scripts.</summary>
    private void SetVariable(LoggingCommand command, string name)
    {
        var secret = command.Has("issecret");
        if (!command.Has("isoutput"))
        {
            _job.Variables.Set(name, command.Message, secret);
            return;
        }

        var key = $"{_step.Name ?? throw _step.Place.Fault($"it sets the output variable '{name}', so that the step needs a name")}.{name}";
        _job.Variables.Set(key, command.Message, secret);

        // Outputs of a deployment job are read through the job's own name once more.
        _job.Job.Outputs[_job.Job.Definition.IsDeployment ? $"{_job.Job.Name}.{key}" : key] = command.Message;
    }

    private void Keep(LoggingCommand command, string folder)
    {
        if (!File.Exists(command.Message))
        {
            _issue ??= $"{command.Name}: there is no file {command.Message}";
            return;
        }

        Directory.CreateDirectory(folder);
        File.Copy(command.Message, System.IO.Path.Combine(folder, $"{System.IO.Path.GetFileName(command.Message)}"), overwrite: true);
    }
}
