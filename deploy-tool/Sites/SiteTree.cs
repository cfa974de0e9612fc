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
