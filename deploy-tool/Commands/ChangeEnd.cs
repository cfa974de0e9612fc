using FaceEdge.Deploy.Promotion;

namespace FaceEdge.Deploy.Commands;

/// <summary>How a change ended.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Commit">Full hash; null when there is none.</param>
/// <param name="Note">What the operator should know beside; null when there is nothing.</param>
internal sealed record ChangeEnd(ChangeOutcome Outcome, string? Commit, string? Note)
{
    public static ChangeEnd Of(ChangeResult result, ChangeOptions options)
    {
        var (plan, published) = result;
        var outcome = published switch
        {
            not null => options.NoPush ? ChangeOutcome.Committed : ChangeOutcome.Pushed,
            null when plan.Refused => ChangeOutcome.Refused,
            null when plan.NothingToDo => ChangeOutcome.NothingToDo,
            _ => ChangeOutcome.DryRun,
        };
        return new ChangeEnd(outcome, published?.Commit, published?.WorkTreeLeft is { } left ? $"the work tree was left as it is: {left}" : null);
    }
}
