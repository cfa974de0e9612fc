using FaceEdge.Deploy.Rehearsal.Definition;

namespace FaceEdge.Deploy.Rehearsal.Running;

/// <summary>The state of a stage in a run. Written by the runner, read by whoever shows it.</summary>
internal sealed class StageRun(StageDefinition definition)
{
    private Func<TimeSpan> _elapsed = static () => TimeSpan.Zero;

    public StageDefinition Definition { get; } = definition;

    public string Name => Definition.Name;

    public RunOutcome Outcome { get; set; }

    /// <summary>What happens now, or in one line why it ended other than well.</summary>
    public string? Detail { get; set; }

    /// <summary>How long it took, or has taken so far.</summary>
    public TimeSpan Elapsed => _elapsed();

    public IReadOnlyList<JobRun> Jobs { get; } = [.. definition.Jobs.Select(job => new JobRun(job))];

    public void Begin(TimeProvider time)
    {
        var started = time.GetTimestamp();
        _elapsed = () => time.GetElapsedTime(started);
    }

    public void End()
    {
        var took = _elapsed();
        _elapsed = () => took;
    }
}

/// <summary>The state of a job in a run.</summary>
internal sealed class JobRun(JobDefinition definition)
{
    public JobDefinition Definition { get; } = definition;

    public string Name => Definition.Name;

    public RunOutcome Outcome { get; set; }

    public string? Detail { get; set; }

    /// <summary>Steps as they ran, in order.</summary>
    public List<StepRun> Steps { get; } = [];

    /// <summary>Output variables, by the names that other jobs read them by.</summary>
    public Dictionary<string, string> Outputs { get; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>A step that ran or was skipped.</summary>
/// <remarks>
/// <c>Name</c>: its display name.
/// <c>Why</c>: in one line, why it did not succeed.
/// <c>Log</c>: file with its output; null when it was skipped.
/// </remarks>
internal sealed record StepRun(string Name, RunOutcome Outcome, string? Why, TimeSpan Elapsed, string? Log);
