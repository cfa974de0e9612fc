using System.Text.Json;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.SiteCheck;

/// <summary>What a site says of itself on <c>/api/v1/info</c>; null for what it does not say.</summary>
internal sealed record SiteInfo(
    string? Version, string? Commit, string? Site, string? Environment, string? Image, string? Architecture, string? Backend, string? Model)
{
    /// <summary>Reads the response; null when it is not an object.</summary>
    public static SiteInfo? Read(JsonElement json) =>
        json.ValueKind != JsonValueKind.Object
            ? null
            : new SiteInfo(
                JsonText.Of(json, "version"),
                JsonText.Of(json, "commit"),
                JsonText.Of(json, "site"),
                JsonText.Of(json, "environment"),
                JsonText.Of(json, "image"),
                JsonText.Of(json, "architecture"),
                JsonText.Of(json, "backend"),
                json.TryGetProperty("model", out var model) ? JsonText.Of(model, "name") : null);

    /// <summary>
    /// Whether the site runs the image: by its digest where the site knows its image, else by the version that the tag names.
    /// </summary>
    public bool Runs(ImageReference image)
    {
        if (ImageReference.TryParse(Image, out var running) && running.Digest is not null)
        {
            return running.Digest == image.Digest;
        }

        return Version is not null && image.Tag is { } tag && (tag == Version || tag == "v" + Version || WithoutBuild(tag) == Version);
    }

    /// <summary>For people: what the site runs.</summary>
    public string Describe() => Image is null ? $"version {Version}" : Image;

    /// <summary>A tag may carry build data behind a dash or underscore that starts with a digit run: 1.4.0-42 for version 1.4.0.</summary>
    private static string WithoutBuild(string tag)
    {
        var dash = tag.LastIndexOfAny(['-', '_']);
        return dash > 0 && tag[(dash + 1)..].All(char.IsAsciiDigit) ? tag[..dash] : tag;
    }
}
