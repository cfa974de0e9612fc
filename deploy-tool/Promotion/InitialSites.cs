using System.Text;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Templates;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Promotion;

/// <summary>The sites folder of a repository that has none: this project's template and policy, and a site for each environment.</summary>
internal static class InitialSites
{
    private const string Prefix = "sites/";

    /// <summary>Addresses that are there for examples (RFC 5737), one network for each environment; each site is to get its own.</summary>
    private static readonly string[] Pools = ["192.0.2.10-192.0.2.19", "198.51.100.10-198.51.100.19", "203.0.113.10-203.0.113.19"];

    /// <summary>The files, rendered and checked by every rule.</summary>
    /// <param name="image">What the sites run first, pinned.</param>
    /// <exception cref="DeployException">The image is not pinned.</exception>
    public static ChangePlan Plan(ImageReference image)
    {
        if (!image.IsPinned || image.Tag is null)
        {
            throw DeployException.BadInput($"{image} is not pinned by tag and digest", $"deploy-tool verify-image {image} prints the reference to give");
        }

        var files = Embedded();
        files[PolicyFile.FileName] = Edited(files[PolicyFile.FileName]!, YamlPath.OfKeys("image", "repository"), image.Name);
        var manifest = $"{SiteTemplate.Folder}/{SiteFiles.FaceDetector}";
        _ = DetectorManifest.TryParse(files[manifest]!, out var detector);
        files[manifest] = detector.WithImage(image.ToString()).Bytes;
        var policy = PolicyFile.Parse(files[PolicyFile.FileName]).Policy!;
        foreach (var (number, environment) in policy.Environments.Index())
        {
            files[Inventory.PathOf(environment.Name, environment.Name)] = Encoding.UTF8.GetBytes($"pool: {Pools[number]}\n");
        }

        var edits = new SourceEdits(policy.Environments[0].Name, "init", "Begin the sites folder") { Files = files, Validates = true };
        return SourceChange.Plan(TreeSource.Empty, edits, policy, new ChangeOptions(DryRun: false, NoPush: true, SkipImageCheck: false, null, null, null));
    }

    private static Dictionary<string, byte[]?> Embedded()
    {
        var assembly = typeof(InitialSites).Assembly;
        var files = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            files[name[Prefix.Length..].Replace('\\', '/')] = bytes;
        }

        return files;
    }

    private static byte[] Edited(byte[] file, YamlPath path, string value) => ScalarEdit.Set(file, DocumentSelector.Only, path, value) is { Succeeded: true } edit
        ? edit.Bytes
        : throw new InvalidOperationException($"The policy that this program brings along has no {path}.");
}
