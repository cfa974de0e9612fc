using System.Text.Json;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Rehearsal.Packing;

/// <summary>
/// Packs folders into an image without a base and without an engine: for each platform the layers, a configuration and a manifest, over
/// them an index (OCI image specification, config.md, manifest.md, image-index.md), pushed to a registry.
/// </summary>
internal static class ImagePacker
{
    private const string ConfigType = "application/vnd.oci.image.config.v1+json";

    /// <returns>The reference with the index's digest.</returns>
    public static async Task<ImageReference> PushAsync(
        ImageReference image, ImageContent content, bool insecure, IProgress<string> progress, CancellationToken cancellation)
    {
        using var pusher = new ImagePusher(image, insecure);
        var rows = new List<Row>();
        foreach (var platform in content.Platforms)
        {
            progress.Report($"packing {platform.Platform}");
            var layers = new List<Row>();
            var diffIds = new List<Digest>();
            foreach (var folder in platform.Folders)
            {
                var (layer, diffId) = LayerWriter.Write(folder);
                layers.Add(new Row(LayerWriter.MediaType, await pusher.PushBlobAsync(layer, cancellation), layer.Length, null));
                diffIds.Add(diffId);
            }

            var config = WriteConfig(platform.Platform, content, diffIds);
            var configRow = new Row(ConfigType, await pusher.PushBlobAsync(config, cancellation), config.Length, null);
            var manifest = WriteManifest(configRow, layers);
            var digest = await pusher.PushManifestAsync(Digest.Sha256(manifest).ToString(), MediaTypes.OciManifest, manifest, cancellation);
            rows.Add(new Row(MediaTypes.OciManifest, digest, manifest.Length, platform.Platform));
        }

        var index = WriteIndex(rows);
        return image.WithDigest((await pusher.PushManifestAsync(image.Tag!, MediaTypes.OciIndex, index, cancellation)).ToString());
    }

    private static byte[] WriteConfig(string platform, ImageContent content, List<Digest> diffIds) => Write(json =>
    {
        json.WriteStartObject();
        WritePlatform(json, platform);
        json.WriteStartObject("config");
        json.WriteString("User", content.User);
        json.WriteString("WorkingDir", content.WorkingDirectory);
        WriteTexts(json, "Env", content.Environment);
        WriteTexts(json, "Entrypoint", content.Entrypoint);
        json.WriteStartObject("Labels");
        foreach (var (name, value) in content.Labels.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("rootfs");
        json.WriteString("type", "layers");
        WriteTexts(json, "diff_ids", diffIds.Select(one => one.ToString()));
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static byte[] WriteManifest(Row config, List<Row> layers) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", MediaTypes.OciManifest);
        json.WritePropertyName("config");
        WriteRow(json, config);
        json.WriteStartArray("layers");
        layers.ForEach(layer => WriteRow(json, layer));
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static byte[] WriteIndex(List<Row> rows) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", 2);
        json.WriteString("mediaType", MediaTypes.OciIndex);
        json.WriteStartArray("manifests");
        rows.ForEach(row => WriteRow(json, row));
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteRow(Utf8JsonWriter json, Row row)
    {
        json.WriteStartObject();
        json.WriteString("mediaType", row.MediaType);
        json.WriteString("digest", row.Digest.ToString());
        json.WriteNumber("size", row.Size);
        if (row.Platform is { } platform)
        {
            json.WriteStartObject("platform");
            WritePlatform(json, platform);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WritePlatform(Utf8JsonWriter json, string platform)
    {
        json.WriteString("os", platform.Split('/')[0]);
        json.WriteString("architecture", platform.Split('/')[1]);
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            write(json);
        }

        return buffer.ToArray();
    }

    private sealed record Row(string MediaType, Digest Digest, long Size, string? Platform);
}

/// <summary>What an image is packed of.</summary>
/// <param name="Platforms">Folders of each platform, one for each layer, the lowest first.</param>
/// <param name="Labels">Labels of each image's configuration.</param>
/// <param name="Environment">Variables as NAME=VALUE.</param>
/// <param name="Entrypoint">Command and arguments.</param>
/// <param name="WorkingDirectory">In the image.</param>
/// <param name="User">As whom it runs.</param>
internal sealed record ImageContent(
    IReadOnlyList<PlatformLayers> Platforms,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyList<string> Environment,
    IReadOnlyList<string> Entrypoint,
    string WorkingDirectory,
    string User);

/// <summary>The folders that become the layers of one platform's image.</summary>
/// <param name="Platform">Such as linux/arm64.</param>
/// <param name="Folders">The lowest layer first.</param>
internal sealed record PlatformLayers(string Platform, IReadOnlyList<string> Folders);
