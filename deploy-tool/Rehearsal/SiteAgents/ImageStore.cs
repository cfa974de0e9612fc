using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Rehearsal.SiteAgents;

/// <summary>
/// A site's images, unpacked, one folder for each digest. What is there is never asked for again, so that a site cut off from the
/// registry goes on with what it has.
/// </summary>
/// <param name="directory">Where the images lie.</param>
internal sealed class ImageStore(string directory)
{
    /// <summary>More than any layer of the service has; a layer is held in memory while it is unpacked.</summary>
    private const int MaxLayerBytes = 1_000_000_000;

    private const int MaxConfigBytes = 4_000_000;
    private const string WhiteoutPrefix = ".wh.";

    private static string Architecture => RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";

    /// <summary>Whether an image was pulled already.</summary>
    public bool Has(ImageReference image) => image.Digest is { } digest && Directory.Exists(FolderOf(digest));

    /// <summary>The image of this machine's architecture, pulled if it is not there yet.</summary>
    /// <exception cref="DeployException">The registry is away, or has no such image.</exception>
    public async Task<UnpackedImage> PullAsync(ImageReference image, RegistryClient registry, CancellationToken cancellation)
    {
        var digest = image.Digest ?? throw DeployException.BadInput($"{image} has no digest", "pin the image by tag and digest");
        var folder = FolderOf(digest);
        if (!Directory.Exists(folder))
        {
            var partial = folder + ".partial";
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }

            Directory.CreateDirectory(partial);
            await UnpackAsync(image, digest, registry, partial, cancellation);
            Directory.Move(partial, folder);
        }

        return UnpackedImage.Read(folder);
    }

    private string FolderOf(string digest) => Path.Combine(directory, digest.Replace(':', '-'));

    private static async Task UnpackAsync(ImageReference image, string digest, RegistryClient registry, string folder, CancellationToken cancellation)
    {
        var index = await GetAsync(image, digest, registry, cancellation);
        var child = MediaTypes.IsIndex(index.ContentType) ? ChildOf(image, index) : digest;
        var manifest = child == digest ? index : await GetAsync(image, child, registry, cancellation);
        using var json = JsonDocument.Parse(manifest.Content);
        var config = await BlobAsync(image, json.RootElement.GetProperty("config"), registry, MaxConfigBytes, cancellation);
        var root = Directory.CreateDirectory(Path.Combine(folder, UnpackedImage.RootName)).FullName;
        foreach (var layer in json.RootElement.GetProperty("layers").EnumerateArray())
        {
            Extract(await BlobAsync(image, layer, registry, MaxLayerBytes, cancellation), layer.GetProperty("mediaType").GetString() ?? "", root);
        }

        await File.WriteAllBytesAsync(Path.Combine(folder, UnpackedImage.ConfigName), config, cancellation);
    }

    private static async Task<Manifest> GetAsync(ImageReference image, string digest, RegistryClient registry, CancellationToken cancellation)
    {
        var manifest = await registry.GetManifestAsync(image, digest, cancellation)
            ?? throw DeployException.Undecided($"{image.Name}@{digest} is not in the registry", "push it");
        return Digest.TryParse(digest, out var wanted) && wanted.Matches(manifest.Content.Span)
            ? manifest
            : throw DeployException.Undecided($"the registry sends other bytes for {digest}", "do not trust this registry");
    }

    private static string ChildOf(ImageReference image, Manifest index)
    {
        var rows = ImageIndex.Read(index.Content, out var fault)?.Rows ?? throw DeployException.Undecided($"the index of {image} cannot be read: {fault}", "push the image again");
        var row = rows.FirstOrDefault(one => !one.IsAttestation && one.Platform is { OperatingSystem: "linux" } platform && platform.Architecture == Architecture);
        return row?.Digest.ToString() ?? throw DeployException.Undecided($"{image} has no linux/{Architecture} image", "build it for both architectures");
    }

    private static async Task<byte[]> BlobAsync(ImageReference image, JsonElement descriptor, RegistryClient registry, int most, CancellationToken cancellation)
    {
        var text = descriptor.GetProperty("digest").GetString();
        return Digest.TryParse(text, out var digest) && await registry.GetBlobAsync(image, digest, most, cancellation) is { } content
            ? content
            : throw DeployException.Undecided($"the registry does not give the blob {text} of {image}", "push the image again");
    }

    /// <summary>One layer over those below it; a whiteout takes a file of theirs away (OCI image specification, layer.md#whiteouts).</summary>
    private static void Extract(byte[] layer, string mediaType, string root)
    {
        Stream content = new MemoryStream(layer);
        if (mediaType.EndsWith("gzip", StringComparison.Ordinal) || layer is [0x1F, 0x8B, ..])
        {
            content = new GZipStream(content, CompressionMode.Decompress);
        }

        using var reader = new TarReader(content);
        while (reader.GetNextEntry() is { } entry)
        {
            var path = Path.GetFullPath(Path.Combine(root, entry.Name.TrimStart('/')));
            if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                continue;
            }

            var name = Path.GetFileName(path);
            if (name.StartsWith(WhiteoutPrefix, StringComparison.Ordinal))
            {
                Remove(Path.Combine(Path.GetDirectoryName(path)!, name[WhiteoutPrefix.Length..]));
                continue;
            }

            Place(entry, path, root);
        }
    }

    private static void Place(TarEntry entry, string path, string root)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                Directory.CreateDirectory(path);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                Remove(path);
                entry.ExtractToFile(path, overwrite: true);
                break;
            case TarEntryType.SymbolicLink:
                Remove(path);
                File.CreateSymbolicLink(path, entry.LinkName);
                break;
            case TarEntryType.HardLink:
                File.Copy(Path.GetFullPath(Path.Combine(root, entry.LinkName.TrimStart('/'))), path, overwrite: true);
                break;
            default:
                break;
        }
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null)
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }
}

/// <summary>An unpacked image, and what its configuration asks for.</summary>
/// <param name="Root">The image's root folder on this machine.</param>
/// <param name="Command">Entry point and arguments, as the image names them.</param>
/// <param name="Environment">Variables of the image.</param>
/// <param name="WorkingDirectory">In the image.</param>
internal sealed record UnpackedImage(string Root, IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment, string WorkingDirectory)
{
    public const string RootName = "rootfs";
    public const string ConfigName = "config.json";

    public static UnpackedImage Read(string folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, ConfigName)));
        var config = json.RootElement.GetProperty("config");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Texts(config, "Env"))
        {
            if (pair.Split('=', 2) is [var name, var value])
            {
                environment[name] = value;
            }
        }

        var directory = config.TryGetProperty("WorkingDir", out var text) && text.GetString() is { Length: > 0 } asked ? asked : "/";
        return new UnpackedImage(Path.Combine(folder, RootName), [.. Texts(config, "Entrypoint"), .. Texts(config, "Cmd")], environment, directory);
    }

    /// <summary>The path on this machine of a path in the image.</summary>
    public string Locate(string path) => Path.Combine(Root, path.TrimStart('/'));

    private static IEnumerable<string> Texts(JsonElement config, string name) =>
        config.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(item => item.GetString() ?? "")]
            : [];
}
