using System.Text.Json;

namespace FaceEdge.Deploy.Oci;

/// <summary>
/// Finds the source commit that an image was built from: the <c>org.opencontainers.image.revision</c> annotation of the index, else
/// the label of the same name in the configuration of every image of it (OCI image specification, annotations.md).
/// </summary>
internal sealed class RevisionLabel(RegistryClient registry)
{
    private const string Name = "org.opencontainers.image.revision";
    private const int MaxConfigBytes = 1024 * 1024;

    /// <summary>The revision; null when the image does not say, or its architectures disagree.</summary>
    public async Task<string?> FindAsync(ImageReference image, Manifest manifest, ImageIndex index, CancellationToken cancellation)
    {
        if (OfAnnotations(manifest.Content) is { } annotated)
        {
            return annotated;
        }

        string? revision = null;
        foreach (var row in index.Rows.Where(row => !row.IsAttestation && MediaTypes.IsSingleManifest(row.MediaType)))
        {
            var label = await OfConfigAsync(image, row, cancellation);
            if (label is null || (revision is not null && revision != label))
            {
                return null;
            }

            revision = label;
        }

        return revision;
    }

    private async Task<string?> OfConfigAsync(ImageReference image, IndexRow row, CancellationToken cancellation)
    {
        var child = await registry.GetManifestAsync(image, row.Digest.ToString(), cancellation);
        if (child is null || !row.Digest.Matches(child.Content.Span) || !Digest.TryParse(Text(child.Content, "config", "digest"), out var digest))
        {
            return null;
        }

        var config = await registry.GetBlobAsync(image, digest, MaxConfigBytes, cancellation);
        return config is null ? null : Text(config, "config", "Labels", Name);
    }

    private static string? OfAnnotations(ReadOnlyMemory<byte> index) => Text(index, "annotations", Name);

    private static string? Text(ReadOnlyMemory<byte> json, params ReadOnlySpan<string> path)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var element = document.RootElement;
            foreach (var step in path[..^1])
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step, out element))
                {
                    return null;
                }
            }

            return JsonText.Of(element, path[^1]) is { } text && IsRevision(text) ? text : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A digest (of the config) or a commit hash; anything else is of no use as either.</summary>
    private static bool IsRevision(string text) =>
        Digest.TryParse(text, out _) || (text.Length is >= 7 and <= 64 && text.All(char.IsAsciiHexDigitLower));
}
