using System.Text.Json;

namespace FaceEdge.Deploy.Oci;

/// <summary>An image index (manifest list) as read from its raw bytes.</summary>
/// <param name="MediaType">The document's own <c>mediaType</c>; null when it has none, which OCI allows.</param>
/// <param name="Rows">Its manifests, in order.</param>
public sealed record ImageIndex(string? MediaType, IReadOnlyList<IndexRow> Rows)
{
    /// <summary>More rows than any real image has; each one costs a request to the registry.</summary>
    private const int MaxRows = 128;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>
    /// Reads an index. <paramref name="fault"/> says in words what is wrong when the result is null; nothing in
    /// <paramref name="content"/> makes this throw.
    /// </summary>
    public static ImageIndex? Read(ReadOnlyMemory<byte> content, out string? fault)
    {
        try
        {
            using var document = JsonDocument.Parse(content, Strict);
            return Read(document.RootElement, out fault);
        }
        catch (JsonException exception)
        {
            fault = $"it is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine})";
            return null;
        }
    }

    private static ImageIndex? Read(JsonElement root, out string? fault)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("schemaVersion", out var version) || version.ValueKind != JsonValueKind.Number
            || !version.TryGetInt32(out var schema) || schema != 2)
        {
            fault = "it has no schemaVersion 2";
            return null;
        }

        if (!root.TryGetProperty("manifests", out var manifests) || manifests.ValueKind != JsonValueKind.Array)
        {
            fault = "it has no list of manifests";
            return null;
        }

        if (manifests.GetArrayLength() > MaxRows)
        {
            fault = $"it lists {manifests.GetArrayLength()} manifests; at most {MaxRows} are taken";
            return null;
        }

        var rows = new List<IndexRow>(manifests.GetArrayLength());
        foreach (var element in manifests.EnumerateArray())
        {
            if (IndexRow.Read(element) is not { } row)
            {
                fault = $"row {rows.Count + 1} of its manifests lacks a mediaType, a valid digest or a size";
                return null;
            }

            rows.Add(row);
        }

        fault = null;
        return new ImageIndex(JsonText.Of(root, "mediaType"), rows);
    }
}

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
