namespace FaceEdge.Deploy.Rehearsal.Running;

/// <summary>How far a stage, job or step is. The names of ended ones are those of <c>dependencies.NAME.result</c>.</summary>
internal enum RunOutcome
{
    /// <summary>Not begun.</summary>
    Pending,

    Running,

    /// <summary>Holds for an answer that nobody gave.</summary>
    Waiting,

    Succeeded,

    /// <summary>Something failed that was allowed to (continueOnError).</summary>
    SucceededWithIssues,

    Failed,

    Canceled,

    Skipped,
}

internal static class RunOutcomeExtensions
{
    public static bool IsSuccess(this RunOutcome outcome) => outcome is RunOutcome.Succeeded or RunOutcome.SucceededWithIssues;

    public static bool IsEnded(this RunOutcome outcome) => outcome is not (RunOutcome.Pending or RunOutcome.Running or RunOutcome.Waiting);
}

/// <summary>How a step ended, and in one line why when it did not succeed.</summary>
internal sealed record StepOutcome(RunOutcome Outcome, string? Why = null)
{
    public static readonly StepOutcome Succeeded = new(RunOutcome.Succeeded);

    public static StepOutcome Failed(string why) => new(RunOutcome.Failed, why);
}
