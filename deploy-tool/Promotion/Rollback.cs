using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>
/// Plans a rollback: to the last image that was promoted to the environment and not rolled back since, or to a named one that it had.
/// Gates are not asked, and a freeze does not hold: going back to what ran before is what both are there for.
/// </summary>
internal sealed class Rollback(ImageCheck images)
{
    /// <summary>Plans on one state of the repository; <paramref name="to"/> is null for the last good image.</summary>
    public async Task<ChangePlan> PlanAsync(
        string environment, ImageReference? to, string? reason, ChangeOptions options, DesiredState state, PromotionHistory history, CancellationToken cancellation)
    {
        var target = state.Environment(environment);
        var sites = await state.ReadSitesAsync(target, cancellation);
        var replaced = sites.Select(site => site.ImageText).Distinct().ToList();
        var current = history.Latest(environment)?.Image ?? sites[0].Image;
        var (image, refusal) = to is null ? LastGood(environment, current, history) : Named(environment, to, history);
        if (image is null)
        {
            return new ChangePlan(environment, null, to, replaced, sites.Count, null, [], [refusal!], null);
        }

        var proved = await images.CheckAsync(image, state.Policy.Image, cancellation);
        if (proved.Refusals.Count > 0)
        {
            return new ChangePlan(environment, null, image, replaced, sites.Count, null, [], proved.Refusals, null);
        }

        var change = ImageChange.Plan(sites, image);
        var bad = Bad(sites, current, image);
        var message = change.Files.Count == 0 ? null : Message(environment, image, bad, reason, options, replaced, sites.Count);
        return new ChangePlan(environment, null, image, replaced, sites.Count, change, [], [], message);
    }

    private static (ImageReference? Image, Refusal? Refusal) LastGood(string environment, ImageReference? current, PromotionHistory history) =>
        history.RollbackTarget(environment, current) is { } image
            ? (image, null)
            : (null, new Refusal("no-target", $"no other image was promoted to {environment} and not rolled back since", "name one that was there with --to"));

    private static (ImageReference? Image, Refusal? Refusal) Named(string environment, ImageReference to, PromotionHistory history)
    {
        var found = history.Of(environment)
            .SelectMany(record => record.Images)
            .FirstOrDefault(image => image.Name == to.Name && (to.Tag ?? image.Tag) == image.Tag && (to.Digest ?? image.Digest) == image.Digest);
        return found is not null
            ? (found, null)
            : (null, new Refusal("never-there", $"{to} was never promoted to {environment}", "see deploy-tool history; a new image goes through promote"));
    }

    /// <summary>What is taken out of service: the image that was promoted last, or else whatever the sites have.</summary>
    private static List<ImageReference> Bad(IReadOnlyList<SiteManifest> sites, ImageReference? current, ImageReference target) =>
        current is not null && !PromotionHistory.SameContent(current, target)
            ? [current]
            : [.. sites.Select(site => site.Image).OfType<ImageReference>().Where(image => image.IsPinned && !PromotionHistory.SameContent(image, target)).Distinct()];

    private static string Message(
        string environment, ImageReference image, List<ImageReference> bad, string? reason, ChangeOptions options, List<string> replaced, int sites)
    {
        List<Trailer> trailers =
        [
            new(PromotionTrailers.Image, image.ToString()),
            new(PromotionTrailers.To, environment),
            .. MessageBody.Replaced(replaced),
            .. bad.Select(one => new Trailer(PromotionTrailers.RolledBack, one.ToString())),
            .. options.Trailers(),
        ];
        var body = MessageBody.Write(replaced, sites);
        return CommitMessage.Format($"Roll {environment} back to {image.Tag}", reason is null ? body : $"{reason}\n\n{body}", trailers);
    }
}
