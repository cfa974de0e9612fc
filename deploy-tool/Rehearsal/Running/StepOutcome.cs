namespace FaceEdge.Deploy.Rehearsal.Running;

/// <summary>How a step ended, and in one line why when it did not succeed.</summary>
internal sealed record StepOutcome(RunOutcome Outcome, string? Why = null)
{
    public static readonly StepOutcome Succeeded = new(RunOutcome.Succeeded);

    public static StepOutcome Failed(string why) => new(RunOutcome.Failed, why);
}
