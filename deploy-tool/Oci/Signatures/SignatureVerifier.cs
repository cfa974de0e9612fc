using FaceEdge.Contracts;


namespace FaceEdge.Deploy.Oci.Signatures;

/// <summary>Whether a trusted key has signed an image's index. One good signature is enough, whatever others there are.</summary>
public sealed class SignatureVerifier(RegistryClient registry)
{
    /// <summary>Verifies the signatures on what <paramref name="image"/> is pinned to.</summary>
    /// <exception cref="RegistryException">The registry gave no usable answer: exit code 3.</exception>
    public async Task<SignatureProof> VerifyAsync(ImageReference image, IReadOnlyList<TrustedKey> keys, CancellationToken cancellation)
    {
        if (!Digest.TryParse(image.Digest, out var digest))
        {
            return Refused("signature-missing", $"{image} names no digest that could be signed", "pin it as name:tag@sha256:…");
        }

        var signatures = await new SignatureStore(registry).FindAsync(image, digest, cancellation);
        if (signatures.Count == 0)
        {
            return Refused(
                "signature-missing", $"{image.Name}@{digest} has no signature in its registry", $"cosign sign --key cosign.key {image.Name}@{digest}");
        }

        SignatureProof? against = null;
        foreach (var signature in signatures)
        {
            if (keys.FirstOrDefault(key => key.HasSigned(signature.Message, signature.Signature)) is not { } key)
            {
                continue;
            }

            var proof = Check(signature.ReadClaim(), digest, key);
            if (proof.Problem is null)
            {
                return proof;
            }

            against ??= proof;
        }

        return against ?? Refused(
            "signature-untrusted",
            $"none of {Quantity.Of(signatures.Count, "signature")} on {image.Name}@{digest} is by {string.Join(" or ", keys.Select(key => key.Name))}",
            "sign with the trusted key, or trust the key that signed");
    }

    private static SignatureProof Check(SignatureClaim claim, Digest digest, TrustedKey key)
    {
        if (!claim.IsImageSignature)
        {
            return Refused(
                "signature-type",
                $"what {key.Name} signed is {(claim.Type is null ? "no image signature" : $"a '{Sanitize.Of(claim.Type)}'")}",
                "sign the index with cosign sign");
        }

        return claim.Digests.Contains(digest.ToString(), StringComparer.Ordinal)
            ? new SignatureProof(key.Name, null)
            : Refused(
                "signature-mismatch",
                $"what {key.Name} signed is {Sanitize.Of(string.Join(", ", claim.Digests.DefaultIfEmpty("no image")))}, not {digest}",
                "sign this index with cosign sign");
    }

    private static SignatureProof Refused(string rule, string message, string remedy) => new(null, new Refusal(rule, message, remedy));
}
