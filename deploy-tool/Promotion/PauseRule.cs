using FaceEdge.Contracts;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>While rollouts are paused no site gets another image, but for going back to one that it had.</summary>
internal static class PauseRule
{
    public const string Name = "paused";

    public static Refusal? Evaluate(SiteEnvironment target, PromotionHistory history) => history.Paused(target.Name) is { } pause
        ? new Refusal(Name, pause.Text, $"{pause.Resume}, when that is over")
        : null;
}
