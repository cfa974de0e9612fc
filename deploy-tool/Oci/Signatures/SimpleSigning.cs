using System.Text.Json;

namespace FaceEdge.Deploy.Oci.Signatures;

/// <summary>
/// cosign's first form (github.com/sigstore/cosign, specs/SIGNATURE_SPEC.md): an image manifest under the tag <c>sha256-HEX.sig</c>, each
/// layer a payload in Red Hat's simple signing format, with the signature in the layer's annotation.
/// </summary>
internal static class SimpleSigning
{
    public const string MediaType = "application/vnd.dev.cosign.simplesigning.v1+json";
    public const string Annotation = "dev.cosignproject.cosign/signature";
    public const string PayloadType = "cosign container image signature";

    /// <summary>The tag of the signatures on what has a digest.</summary>
    public static string TagOf(Digest digest) => $"{digest.Algorithm}-{digest.Hex}.sig";

    /// <summary>A layer's signature; null when it has none.</summary>
    public static byte[]? SignatureOf(JsonElement layer) =>
        JsonText.Of(layer, "mediaType") == MediaType && layer.TryGetProperty("annotations", out var annotations)
            ? SignedJson.Base64(JsonText.Of(annotations, Annotation))
            : null;

    /// <summary>What a payload says. Its docker-reference is left alone, as the specification has it: a mirror has another name.</summary>
    public static SignatureClaim Read(byte[] payload)
    {
        using var document = SignedJson.Parse(payload);
        var critical = SignedJson.Member(document?.RootElement, "critical");
        var type = critical is { } one ? JsonText.Of(one, "type") : null;
        var image = SignedJson.Member(critical, "image");
        var digest = image is { } named ? JsonText.Of(named, "docker-manifest-digest") ?? JsonText.Of(named, "Docker-manifest-digest") : null;
        return new SignatureClaim(type, type == PayloadType, digest is null ? [] : [digest]);
    }
}
