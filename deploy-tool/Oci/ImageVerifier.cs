using FaceEdge.Contracts;


namespace FaceEdge.Deploy.Oci;

/// <summary>
/// Proves that a reference names an index whose children are all in the registry and hold each required platform once. What the proof
/// asserts is pinned by the digest of the index's raw bytes.
/// </summary>
public sealed class ImageVerifier(RegistryClient registry, IProgress<string> progress)
{
    /// <summary>
    /// Verifies <paramref name="image"/>, whose index must hold each of the <paramref name="required"/> platforms
    /// (<c>os/architecture</c>) exactly once.
    /// </summary>
    /// <exception cref="RegistryException">The registry gave no usable answer: exit code 3.</exception>
    public async Task<ImageProof> VerifyAsync(ImageReference image, IReadOnlyList<string> required, CancellationToken cancellation)
    {
        var problems = new List<Refusal>();
        progress.Report($"asking {image.Registry} for {image.Repository}");
        var index = await ResolveAsync(image, problems, cancellation);
        if (index is not { } resolved)
        {
            return new ImageProof(image.ToString(), null, null, [], 0, null, problems);
        }

        var pinned = image.WithDigest(resolved.Digest.ToString());
        var parsed = ReadIndex(image, resolved.Manifest, problems);
        if (parsed is null)
        {
            return new ImageProof(image.ToString(), pinned.ToString(), resolved.Manifest.ContentType, [], 0, null, problems);
        }

        PlatformRules.Check(image, parsed, required, problems);
        var platforms = await CheckChildrenAsync(image, parsed, problems, cancellation);
        var revision = await new RevisionLabel(registry).FindAsync(image, resolved.Manifest, parsed, cancellation);
        var attestations = parsed.Rows.Count(row => row.IsAttestation);
        return new ImageProof(image.ToString(), pinned.ToString(), resolved.Manifest.ContentType, platforms, attestations, revision, problems);
    }

    private async Task<(Manifest Manifest, Digest Digest)?> ResolveAsync(
        ImageReference image, List<Refusal> problems, CancellationToken cancellation)
    {
        if (image.Tag is null && image.Digest is null)
        {
            problems.Add(new Refusal("tag-missing", $"{image} names neither tag nor digest", "name the tag that was built"));
            return null;
        }

        Manifest? manifest = null;
        if (image.Tag is { } tag)
        {
            manifest = await registry.GetManifestAsync(image, tag, cancellation);
            if (manifest is null)
            {
                problems.Add(new Refusal("tag-unknown", $"{image.Name}:{tag} is not in the registry", "push the image, or correct the tag"));
                return null;
            }

            if (image.Digest is { } expected && Digest.Sha256(manifest.Content.Span).ToString() is var actual && actual != expected)
            {
                problems.Add(new Refusal(
                    "tag-moved",
                    $"{image.Name}:{tag} was {expected} and now is {actual}",
                    "push under a new tag and promote that; a tag that was promoted must not move"));
                manifest = null;
            }
        }

        manifest ??= await registry.GetManifestAsync(image, image.Digest!, cancellation);
        if (manifest is null)
        {
            problems.Add(new Refusal("digest-unknown", $"{image.Name}@{image.Digest} is not in the registry", "promote an image that is"));
            return null;
        }

        return CheckDigest(image, manifest, problems) is { } digest ? (manifest, digest) : null;
    }

    private static Digest? CheckDigest(ImageReference image, Manifest manifest, List<Refusal> problems)
    {
        var digest = Digest.Sha256(manifest.Content.Span);
        if (manifest.ClaimedDigest is { } claimed && (!Digest.TryParse(claimed, out var parsed) || !parsed.Matches(manifest.Content.Span)))
        {
            problems.Add(new Refusal(
                "digest-mismatch",
                $"the registry calls {image} {Sanitize.Of(claimed)}, but its bytes are {digest}",
                "something between here and the registry alters manifests: find it before promoting"));
            return null;
        }

        if (image.Digest is { } asked && image.Tag is null && asked != digest.ToString())
        {
            problems.Add(new Refusal("digest-mismatch", $"asked for {asked}, the registry sent {digest}", "do not trust this registry"));
            return null;
        }

        return digest;
    }

    private static ImageIndex? ReadIndex(ImageReference image, Manifest manifest, List<Refusal> problems)
    {
        if (MediaTypes.IsSingleManifest(manifest.ContentType))
        {
            problems.Add(new Refusal(
                "single-architecture",
                $"{image} is a single image, not an index of several architectures",
                "build with --platform linux/amd64,linux/arm64 and push the manifest list"));
            return null;
        }

        if (!MediaTypes.IsIndex(manifest.ContentType))
        {
            problems.Add(new Refusal(
                "not-an-image", $"{image} {(manifest.ContentType.Length > 0 ? $"is of type '{Sanitize.Of(manifest.ContentType)}', not" : "comes without a type (Content-Type), and cannot be told to be")} an image index", "check the registry's address"));
            return null;
        }

        if (ImageIndex.Read(manifest.Content, out var fault) is not { } index)
        {
            problems.Add(new Refusal("index-invalid", $"the index of {image} cannot be read: {fault}", "push the image again"));
            return null;
        }

        if (index.MediaType is { } mediaType && mediaType != manifest.ContentType)
        {
            problems.Add(new Refusal(
                "media-type-mismatch",
                $"the index of {image} says it is {Sanitize.Of(mediaType)}, its header says {manifest.ContentType}",
                "push the image again with a current tool"));
            return null;
        }

        return index;
    }

    private async Task<List<PlatformProof>> CheckChildrenAsync(
        ImageReference image, ImageIndex index, List<Refusal> problems, CancellationToken cancellation)
    {
        var platforms = new List<PlatformProof>();
        foreach (var row in index.Rows.Where(row => !row.IsAttestation))
        {
            var name = Sanitize.Of(row.Platform?.ToString() ?? "no platform");
            progress.Report($"checking {name} {row.Digest.Abbreviated}");
            var head = await registry.HeadManifestAsync(image, row.Digest.ToString(), cancellation);
            platforms.Add(new PlatformProof(name, row.Digest.ToString(), row.Size, head is not null));
            if (ChildFault(row, head) is { } fault)
            {
                problems.Add(new Refusal("child-missing", $"the {name} image {row.Digest} of {image} {fault}", "push every architecture again"));
            }
        }

        return platforms;
    }

    private static string? ChildFault(IndexRow row, ManifestHead? head) => head switch
    {
        null => "is not in the registry",
        _ when !MediaTypes.IsSingleManifest(row.MediaType) => $"is of type {Sanitize.Of(row.MediaType)}, not an image",
        _ when head.ContentType != row.MediaType => $"is of type {Sanitize.Of(head.ContentType)}, not {row.MediaType}",
        { ClaimedDigest: { } claimed } when claimed != row.Digest.ToString() => $"comes back as {Sanitize.Of(claimed)}",
        { Length: { } length } when length != row.Size => $"has {length} bytes, not {row.Size}",
        _ => null,
    };
}
