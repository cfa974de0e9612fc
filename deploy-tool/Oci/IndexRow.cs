using System.Text.Json;

namespace FaceEdge.Deploy.Oci;

/// <summary>One row of an index: the descriptor of a child manifest.</summary>
/// <param name="MediaType">The child's type.</param>
/// <param name="Digest">The child's digest.</param>
/// <param name="Size">Bytes of the child manifest.</param>
/// <param name="Platform">Null when the row names none.</param>
/// <param name="IsAttestation">Whether the row is BuildKit's provenance or SBOM: not an image that a host can run.</param>
public sealed record IndexRow(string MediaType, Digest Digest, long Size, Platform? Platform, bool IsAttestation)
{
    private const string ReferenceType = "vnd.docker.reference.type";
    private const string AttestationManifest = "attestation-manifest";

    /// <summary>Reads a row; null when it is not a descriptor.</summary>
    public static IndexRow? Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object
            || JsonText.Of(element, "mediaType") is not { } mediaType
            || !Digest.TryParse(JsonText.Of(element, "digest"), out var digest)
            || !element.TryGetProperty("size", out var sizeElement) || sizeElement.ValueKind != JsonValueKind.Number
            || !sizeElement.TryGetInt64(out var size) || size < 0)
        {
            return null;
        }

        Platform? platform = null;
        if (element.TryGetProperty("platform", out var platformElement)
            && JsonText.Of(platformElement, "os") is { } os
            && JsonText.Of(platformElement, "architecture") is { } architecture)
        {
            platform = new Platform(os, architecture, JsonText.Of(platformElement, "variant") ?? "");
        }

        var attestation = platform is { OperatingSystem: "unknown", Architecture: "unknown" }
            && element.TryGetProperty("annotations", out var annotations)
            && JsonText.Of(annotations, ReferenceType) == AttestationManifest;
        return new IndexRow(mediaType, digest, size, platform, attestation);
    }
}
