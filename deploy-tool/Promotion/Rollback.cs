using FaceEdge.Contracts;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>
/// Gives an environment back the last image that was promoted to it and not rolled back since, or a named one that it had. The steps are those
/// of <see cref="Promotion"/> but for the gates, and a freeze does not hold: going back to what ran before is what both are there for.
/// </summary>
internal sealed class Rollback(GitRepository repository, RegistryClient? registry, TimeProvider time, IProgress<string> progress)
{
    private readonly Change _change = new(repository, time, progress);
    private readonly ImageCheck _images = new(registry, progress);

    /// <summary>Rolls back, or says what stands against it.</summary>
    public Task<ChangeOutcome> RunAsync(RollbackRequest request, ChangeOptions options, CancellationToken cancellation) =>
        _change.RunAsync((state, history) => PlanAsync(request, options, state, history, cancellation), options, cancellation);

    private async Task<ChangePlan> PlanAsync(
        RollbackRequest request, ChangeOptions options, DesiredState state, PromotionHistory history, CancellationToken cancellation)
    {
        var (environment, to) = (request.Environment, request.To);
        var sites = await state.ReadSitesAsync(state.Environment(environment), cancellation);
        if (request.OnlyFrom is { } bad)
        {
            sites = [.. sites.Where(site => site.ImageText == bad.ToString())];
            if (history.Took(environment, bad) is null or { IsRollback: true } || sites.Count == 0)
            {
                // Another came first: what would be rolled back now is not what was judged.
                return new ChangePlan(environment, null, to, [], 0) { Topic = Topic(environment), Edits = FileEdits.None };
            }
        }

        var replaced = sites.Select(site => site.ImageText).Distinct().ToList();
        var plan = new ChangePlan(environment, null, to, replaced, sites.Count) { Topic = Topic(environment) };
        var current = history.Latest(environment)?.Image ?? sites[0].Image;
        var (image, none) = to is null ? LastGood(environment, current, history) : Named(environment, to, history);
        if (image is null)
        {
            return plan.Refused(none!);
        }

        plan = plan with { Image = image };
        var proved = await _images.CheckAsync(image, state.Policy.Image, cancellation);
        if (proved.Refusals.Count > 0)
        {
            return plan.Refused(proved.Refusals);
        }

        plan = plan with { Edits = FileEdits.Of(sites, image) };
        if (plan.IsNothingToDo)
        {
            return plan;
        }

        var body = ChangeMessage.Body(replaced, sites.Count);
        return plan with
        {
            Message = new CommitMessage(
                $"Roll {environment} back to {image.Tag}",
                request.Reason is { } reason ? $"{reason}\n\n{body}" : body,
                [
                    new Trailer(PromotionTrailers.Image, image.ToString()),
                    new Trailer(PromotionTrailers.To, environment),
                    .. ChangeMessage.Replaced(replaced),
                    .. request.Evidence.Select(gate => gate.ToTrailer()),
                    .. Bad(sites, current, image).Select(one => new Trailer(PromotionTrailers.RolledBack, one.ToString())),
                    .. options.Trailers(),
                ]),
        };
    }

    private static string Topic(string environment) => $"rollback/{environment}";

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
}

/// <summary>What <c>rollback</c> is asked for.</summary>
/// <param name="Environment">Where.</param>
/// <param name="To">An image that was there; null for the last good one.</param>
/// <param name="Reason">Why, for the commit's message; null when it was not given.</param>
internal sealed record RollbackRequest(string Environment, ImageReference? To, string? Reason)
{
    /// <summary>The image to roll back from, at the sites that have it and only while it is the environment's last; null for whatever is there.</summary>
    public ImageReference? OnlyFrom { get; init; }

    /// <summary>What gates said against the image.</summary>
    public IReadOnlyList<GateOutcome> Evidence { get; init; } = [];
}
