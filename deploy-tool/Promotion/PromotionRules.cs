using FaceEdge.Contracts;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>
/// A rollback sticks: what was rolled back in an environment, or in one before it, does not come again by itself.
/// </summary>
internal static class RolledBackRule
{
    public static Refusal? Evaluate(DeliveryPolicy policy, SiteEnvironment target, ImageReference image, PromotionHistory history)
    {
        foreach (var environment in policy.Environments)
        {
            if (history.RolledBack(environment.Name, image) is { } record)
            {
                return new Refusal(
                    "rolled-back",
                    $"{image.Tag} was rolled back in {environment.Name} by {record.By} on {record.At.UtcDateTime:yyyy-MM-dd} ({record.Commit[..12]})",
                    "promote a fixed image; --allow-rolled-back takes it all the same");
            }

            if (environment.Name == target.Name)
            {
                break;
            }
        }

        return null;
    }
}

/// <summary>While rollouts are paused no site gets another image, but for going back to one that it had.</summary>
internal static class PauseRule
{
    public const string Name = "paused";

    public static Refusal? Evaluate(SiteEnvironment target, PromotionHistory history) => history.Paused(target.Name) is { } pause
        ? new Refusal(Name, pause.Text, $"{pause.Resume}, when that is over")
        : null;
}
