using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>
/// An image enters at the first environment and passes each in order: what comes to the next is what the one before runs.
/// </summary>
internal static class PromotionOrder
{
    /// <summary>The image that may go to <paramref name="target"/>, or why none may.</summary>
    public static async Task<(ImageReference? Image, Refusal? Refusal)> ResolveAsync(
        DesiredState state, SiteEnvironment target, PromoteRequest request, CancellationToken cancellation)
    {
        var before = state.Policy.Before(target);
        if (request.From is { } from && state.Environment(from).Name != before?.Name)
        {
            return (null, new Refusal(
                "order",
                before is null ? $"{target.Name} is the first environment; nothing is promoted into it from {from}" : $"{target.Name} comes after {before.Name}, not after {from}",
                before is null ? "name the image with --image" : $"promote --from {before.Name} --to {target.Name}"));
        }

        if (before is null)
        {
            return request.Image is { } image
                ? (image, null)
                : throw DeployException.BadInput($"{target.Name} is the first environment, so that no other names the image", "give --image REF");
        }

        return await FromEnvironmentAsync(state, before, request.Image, cancellation);
    }

    private static async Task<(ImageReference? Image, Refusal? Refusal)> FromEnvironmentAsync(
        DesiredState state, SiteEnvironment before, ImageReference? asked, CancellationToken cancellation)
    {
        var images = (await state.ReadSitesAsync(before, static site => site.ImageText, cancellation)).Distinct().ToList();
        if (images.Count > 1)
        {
            return (null, new Refusal(
                "mixed", $"the sites of {before.Name} run {images.Count} different images", $"finish or roll back what goes on in {before.Name}"));
        }

        if (!ImageReference.TryParse(images[0], out var running) || !running.IsPinned)
        {
            return (null, new Refusal(
                "unpinned", $"{before.Name} runs {images[0]}, which is not pinned by tag and digest", $"promote a proved image to {before.Name} first"));
        }

        if (asked is not null && !Means(asked, running))
        {
            return (null, new Refusal(
                "order", $"{asked} is not what {before.Name} runs ({running})", $"promote it to {before.Name} first, or leave out --image"));
        }

        return (running, null);
    }

    /// <summary>Whether what was asked for is the running image: each part that it names is the same.</summary>
    private static bool Means(ImageReference asked, ImageReference running) =>
        asked.Name == running.Name
        && (asked.Digest ?? running.Digest) == running.Digest
        && (asked.Tag ?? running.Tag) == running.Tag;
}
