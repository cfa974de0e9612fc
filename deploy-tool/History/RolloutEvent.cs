using System.Globalization;
using System.Text.Json.Serialization;
using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.History;

/// <summary>What a commit says of rollouts without giving a site an image: that they are paused, go on, or that one was found good to its end.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Commit">Full hash.</param>
/// <param name="At">The committer's date.</param>
/// <param name="By">The committer's name.</param>
/// <param name="Subject">The environment, or <see cref="EveryEnvironment"/>; of a rollout that is good, its image.</param>
/// <param name="Reason">Why, in the words of who paused; empty for the others.</param>
internal sealed record RolloutEvent(RolloutEventKind Kind, string Commit, DateTimeOffset At, string By, string Subject, string Reason)
{
    public const string EveryEnvironment = "every environment";

    /// <summary>Reads a commit; null when its trailers say nothing of the kind.</summary>
    public static RolloutEvent? Read(string commit, DateTimeOffset at, string by, IReadOnlyList<Trailer> trailers)
    {
        foreach (var (kind, key) in new[]
        {
            (RolloutEventKind.Paused, PromotionTrailers.RolloutsPaused),
            (RolloutEventKind.Resumed, PromotionTrailers.RolloutsResumed),
            (RolloutEventKind.Completed, PromotionTrailers.RolloutCompleted),
        })
        {
            if (Value(key) is { } subject)
            {
                return new RolloutEvent(kind, commit, at, by, subject, Value(PromotionTrailers.PauseReason) ?? "");
            }
        }

        return null;

        string? Value(string key) => trailers.FirstOrDefault(trailer => trailer.Key == key)?.Value;
    }

    public bool IsAbout(string environment) => Subject == environment || Subject == EveryEnvironment;
}

/// <summary>The kinds of <see cref="RolloutEvent"/>.</summary>
internal enum RolloutEventKind
{
    Paused,
    Resumed,
    Completed,
}

/// <summary>A pause of rollouts that is not over: no site of what it is about gets another image.</summary>
/// <param name="Subject">The environment, or <see cref="RolloutEvent.EveryEnvironment"/>.</param>
/// <param name="By">Who paused it: the committer's name.</param>
/// <param name="At">Since when.</param>
/// <param name="Reason">Why, in that person's words.</param>
/// <param name="Commit">Full hash of the commit that says so.</param>
internal sealed record RolloutPause(string Subject, string By, DateTimeOffset At, string Reason, string Commit)
{
    /// <summary>Who, what, when and why, as a sentence.</summary>
    [JsonIgnore]
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{By} paused {Subject} on {At.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {Reason}");

    /// <summary>The command that ends it.</summary>
    [JsonIgnore]
    public string Resume => $"deploy-tool rollout --resume{(Subject == RolloutEvent.EveryEnvironment ? "" : $" --env {Subject}")}";
}
