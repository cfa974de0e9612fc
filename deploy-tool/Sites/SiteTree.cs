using System.Text.RegularExpressions;
using FaceEdge.Deploy.Sites.Templates;

namespace FaceEdge.Deploy.Sites;

/// <summary>
/// The sites folder. An environment is one site when its folder holds the manifests, and as many more as folders below it hold
/// them: <c>sites/qa/face-detector.yaml</c>, <c>sites/production/berlin-01/face-detector.yaml</c>.
/// </summary>
/// <param name="Root">Full path of the sites folder.</param>
internal sealed partial record SiteTree(string Root)
{
    public string PolicyPath => Path.Combine(Root, PolicyFile.FileName);

    public string RolloutPath => Path.Combine(Root, RolloutFile.FileName);

    /// <summary>True for a name that can be a folder, a site and an environment: an RFC 1123 label.</summary>
    public static bool IsFolderName(string name) => FolderName().IsMatch(name);

    /// <summary>True for the folders that sites are rendered from, which are no environments.</summary>
    public static bool IsSource(string name) => name is SiteTemplate.Folder or Inventory.Folder;

    /// <summary>True for a path within the sites folder that lies in one of these.</summary>
    public static bool IsSourcePath(string path) => IsSource(path.Split('/')[0]);

    /// <summary>The sites of an environment by name; only names are read, so that thousands cost milliseconds.</summary>
    public IReadOnlyList<Site> Sites(SiteEnvironment environment)
    {
        var sites = new List<Site>();
        var directory = new DirectoryInfo(Path.Combine(Root, environment.Name));
        if (!directory.Exists)
        {
            return sites;
        }

        if (File.Exists(Path.Combine(directory.FullName, SiteFiles.FaceDetector)))
        {
            sites.Add(new Site(environment.Name, environment.Name, directory.FullName, environment.Name));
        }

        foreach (var folder in directory.EnumerateDirectories())
        {
            if (File.Exists(Path.Combine(folder.FullName, SiteFiles.FaceDetector)))
            {
                sites.Add(new Site(environment.Name, folder.Name, folder.FullName, $"{environment.Name}/{folder.Name}"));
            }
        }

        sites.Sort((a, b) => string.CompareOrdinal(a.RelativePath, b.RelativePath));
        return sites;
    }

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex FolderName();
}

/// <summary>One site: a folder that the site's host pulls.</summary>
/// <param name="Environment">Name of the environment that the site belongs to.</param>
/// <param name="Name">The environment's name where it is one site, otherwise the folder's name below it.</param>
/// <param name="Directory">Full path of the folder.</param>
/// <param name="RelativePath">Path of the folder from the sites folder, with forward slashes.</param>
internal sealed record Site(string Environment, string Name, string Directory, string RelativePath)
{
    /// <summary>Full path of the manifest that holds the face-detector Deployment.</summary>
    public string DetectorManifestPath => Path.Combine(Directory, SiteFiles.FaceDetector);
}

/// <summary>The files that a site pulls.</summary>
internal static class SiteFiles
{
    public const string ConfigureHost = "configureHost.yaml";
    public const string FaceDetector = "face-detector.yaml";
    public const string Vm = "vm.yaml";
    public const string MetalLb = "metallb.yaml";

    /// <summary>The telemetry agent, apart from what promotion edits; a site that sends nothing has none.</summary>
    public const string Telemetry = "telemetry.yaml";

    /// <summary>What is left of a site that was retired.</summary>
    public const string Retired = "retired.yaml";

    /// <summary>What every site has.</summary>
    public static IReadOnlyList<string> Required { get; } = [ConfigureHost, FaceDetector, Vm, MetalLb];

    /// <summary>What a site may have.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Required, Telemetry];
}
