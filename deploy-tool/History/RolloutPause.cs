using System.Globalization;
using System.Text.Json.Serialization;

namespace FaceEdge.Deploy.History;

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
