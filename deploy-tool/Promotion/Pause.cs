using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>Pauses the rollouts of an environment or of all, or lets them go on: one commit that changes no file, from any clone.</summary>
internal sealed class Pause(GitRepository repository, TimeProvider time, IProgress<string> progress)
{
    private readonly Change _change = new(repository, time, progress);

    /// <summary>Pauses or resumes.</summary>
    /// <param name="environment">Where; null for everywhere.</param>
    /// <param name="reason">Why it is paused; null to resume.</param>
    /// <param name="options">How the change is made.</param>
    /// <param name="cancellation">Stops it until the push.</param>
    public Task<ChangeOutcome> RunAsync(string? environment, string? reason, ChangeOptions options, CancellationToken cancellation) =>
        _change.RunAsync((state, history) => Task.FromResult(Plan(environment, reason, options, state, history)), options, cancellation);

    private static ChangePlan Plan(string? environment, string? reason, ChangeOptions options, DesiredState state, PromotionHistory history)
    {
        var names = environment is null ? state.Policy.Environments.Select(one => one.Name) : [state.Environment(environment).Name];
        var subject = environment ?? RolloutEvent.EveryEnvironment;
        var plan = new ChangePlan(subject, null, null, [], 0) { Topic = $"pause/{environment ?? "all"}" };
        return names.All(name => history.Paused(name)?.Reason == reason)
            ? plan with { Edits = FileEdits.None }
            : plan with { Message = Message(subject, reason, options) };
    }

    private static CommitMessage Message(string subject, string? reason, ChangeOptions options) => new(
        reason is null ? $"Resume rollouts: {subject}" : $"Pause rollouts: {subject}",
        reason is null ? "Sites get images again." : $"{reason}\n\nNo site gets another image until they are resumed.",
        reason is null
            ? [new Trailer(PromotionTrailers.RolloutsResumed, subject), .. options.Trailers()]
            : [new Trailer(PromotionTrailers.RolloutsPaused, subject), new Trailer(PromotionTrailers.PauseReason, reason), .. options.Trailers()]);
}
