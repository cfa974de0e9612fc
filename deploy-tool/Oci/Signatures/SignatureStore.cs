namespace FaceEdge.Deploy.Oci.Signatures;

/// <summary>Finds the signatures on an image in its registry, in both of cosign's forms.</summary>
internal sealed class SignatureStore(RegistryClient registry)
{
    /// <summary>More than anyone signs with; each costs requests to the registry.</summary>
    private const int MaxSignatures = 32;

    private const int MaxPayloadBytes = 1024 * 1024;

    /// <summary>Every signature that the registry can show whole.</summary>
    public async Task<IReadOnlyList<ImageSignature>> FindAsync(ImageReference image, Digest digest, CancellationToken cancellation) =>
        [.. await ByTagAsync(image, digest, cancellation), .. await ByReferrerAsync(image, digest, cancellation)];

    private async Task<List<ImageSignature>> ByTagAsync(ImageReference image, Digest digest, CancellationToken cancellation)
    {
        var signatures = new List<ImageSignature>();
        if (await registry.GetManifestAsync(image, SimpleSigning.TagOf(digest), cancellation) is not { } manifest)
        {
            return signatures;
        }

        using var document = SignedJson.Parse(manifest.Content);
        foreach (var layer in document is null ? [] : SignedJson.Items(document.RootElement, "layers").Take(MaxSignatures))
        {
            if (SimpleSigning.SignatureOf(layer) is { } signature
                && Digest.TryParse(JsonText.Of(layer, "digest"), out var blob)
                && await registry.GetBlobAsync(image, blob, MaxPayloadBytes, cancellation) is { } payload)
            {
                signatures.Add(new ImageSignature(payload, signature, () => SimpleSigning.Read(payload)));
            }
        }

        return signatures;
    }

    private async Task<List<ImageSignature>> ByReferrerAsync(ImageReference image, Digest digest, CancellationToken cancellation)
    {
        var signatures = new List<ImageSignature>();
        var listing = await registry.GetReferrersAsync(image, digest, cancellation);
        using var document = listing is null ? null : SignedJson.Parse(listing.Content);
        var rows = document is null ? [] : SignedJson.Items(document.RootElement, "manifests")
            .Where(row => JsonText.Of(row, "artifactType")?.StartsWith(SigstoreBundle.MediaTypePrefix, StringComparison.Ordinal) == true);
        foreach (var row in rows.Take(MaxSignatures))
        {
            if (Digest.TryParse(JsonText.Of(row, "digest"), out var bundle) && await BundleAsync(image, bundle, cancellation) is { } bytes)
            {
                signatures.AddRange(SigstoreBundle.Read(bytes).Take(MaxSignatures));
            }
        }

        return signatures;
    }

    private async Task<byte[]?> BundleAsync(ImageReference image, Digest digest, CancellationToken cancellation)
    {
        if (await registry.GetManifestAsync(image, digest.ToString(), cancellation) is not { } manifest || !digest.Matches(manifest.Content.Span))
        {
            return null;
        }

        using var document = SignedJson.Parse(manifest.Content);
        var layer = document is null ? default : SignedJson.Items(document.RootElement, "layers").FirstOrDefault();
        return Digest.TryParse(JsonText.Of(layer, "digest"), out var blob) ? await registry.GetBlobAsync(image, blob, MaxPayloadBytes, cancellation) : null;
    }
}

/// <summary>One signature as the registry holds it; nothing of it is to be believed before a trusted key has signed it.</summary>
/// <param name="Message">The bytes that were signed.</param>
/// <param name="Signature">ASN.1 DER.</param>
/// <param name="ReadClaim">Reads what the message says, once it is known whose it is.</param>
internal sealed record ImageSignature(byte[] Message, byte[] Signature, Func<SignatureClaim> ReadClaim);

/// <summary>What a signed message says.</summary>
/// <param name="Type">What kind of statement it says it is; null when it does not.</param>
/// <param name="IsImageSignature">Whether that kind is an image signature.</param>
/// <param name="Digests">The images it is about.</param>
internal sealed record SignatureClaim(string? Type, bool IsImageSignature, IReadOnlyList<string> Digests);
