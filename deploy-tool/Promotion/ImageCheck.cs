using FaceEdge.Contracts;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>
/// Asks the registry about an image once a run, however often the run plans. The registry is not asked at all after <c>--skip-image-check</c>.
/// </summary>
internal sealed class ImageCheck(RegistryClient? registry, IProgress<string> progress)
{
    private readonly ImageVerifier? _verifier = registry is null ? null : new ImageVerifier(registry, progress);
    private (ImageReference Image, ImageProof Proof)? _held;

    /// <summary>The pinned image, the commit it was built from, and what stands against it.</summary>
    public async Task<CheckedImage> CheckAsync(ImageReference image, ImagePolicy policy, CancellationToken cancellation)
    {
        if (image.Name != policy.Repository)
        {
            return new CheckedImage(image, null, [new Refusal("repository", $"{image.Name} is not the delivered image, {policy.Repository}", "promote that, or change the policy")]);
        }

        if (_verifier is null)
        {
            return new CheckedImage(
                image,
                null,
                image.IsPinned ? [] : [new Refusal("unpinned", $"{image} cannot be pinned without asking the registry", "give name:tag@sha256:… with --skip-image-check")]);
        }

        if (_held?.Image != image)
        {
            _held = (image, await _verifier.VerifyAsync(image, policy.Platforms, cancellation));
        }

        var proof = _held!.Value.Proof;
        IReadOnlyList<Refusal> refusals = image.Tag is not null
            ? proof.Problems
            : [.. proof.Problems, new Refusal("untagged", $"{image} has no tag, and a manifest names both tag and digest", "name the tag too")];
        var pinned = proof.Pinned is { } text && image.Tag is not null ? ImageReference.Parse(text) : image;
        return new CheckedImage(pinned, proof.Revision, refusals);
    }
}

/// <summary>An image as the registry shows it.</summary>
internal sealed record CheckedImage(ImageReference Image, string? Revision, IReadOnlyList<Refusal> Refusals);
