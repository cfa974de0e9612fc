using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Whether promotion, which reads Git and not the disk, finds what is here as what it is.</summary>
internal static class SiteFolders
{
    public static readonly RuleDescription Rule = new(
        "FE1008", "Promotion finds every site: real folders with names of lower-case letters, digits and dashes, right below their environment",
        "make it a folder of its own as docs/sites.md describes", Severity.Error);

    public static IEnumerable<Finding> Check(SiteTree tree, IEnumerable<SiteEnvironment> environments)
    {
        if (NotAtTheTop(tree.Root) is { } top)
        {
            yield return Broken(PolicyFile.FileName, $"promotion reads sites/ at the top of the repository ({top}), and this one is further down");
        }

        foreach (var environment in environments)
        {
            var directory = new DirectoryInfo(Path.Combine(tree.Root, environment.Name));
            if (!directory.Exists)
            {
                continue;
            }

            foreach (var finding in Links(directory, environment.Name).Concat(Sites(directory, environment.Name)))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<Finding> Sites(DirectoryInfo environment, string name)
    {
        var folders = environment.EnumerateDirectories().OrderBy(folder => folder.Name, StringComparer.Ordinal).ToList();
        foreach (var same in folders.GroupBy(folder => folder.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            var names = string.Join(" and ", same.Select(one => one.Name));
            yield return Broken(
                $"{name}/{same.Last().Name}/{SiteFiles.FaceDetector}", $"the folders {names} differ in case alone, and are one on some machines");
        }

        foreach (var folder in folders)
        {
            var path = $"{name}/{folder.Name}";
            var manifest = $"{path}/{SiteFiles.FaceDetector}";
            if (!File.Exists(Path.Combine(folder.FullName, SiteFiles.FaceDetector)))
            {
                if (folder.EnumerateFiles("*.y*ml").Any(file => file.Name != SiteFiles.Retired))
                {
                    yield return Broken(manifest, $"the folder holds manifests but no {SiteFiles.FaceDetector}, so that it is no site");
                }
            }
            else if (!SiteTree.IsFolderName(folder.Name))
            {
                yield return Broken(manifest, $"'{folder.Name}' is no name of at most 63 lower-case letters, digits and dashes");
            }

            foreach (var deep in folder.EnumerateDirectories().Where(one => File.Exists(Path.Combine(one.FullName, SiteFiles.FaceDetector))))
            {
                yield return Broken($"{path}/{deep.Name}/{SiteFiles.FaceDetector}", $"a site is right below {name}/, not two folders down");
            }

            foreach (var link in Links(folder, path))
            {
                yield return link;
            }
        }
    }

    /// <summary>Git keeps where a link leads, not what is there.</summary>
    private static IEnumerable<Finding> Links(DirectoryInfo folder, string path) =>
        IsLink(folder)
            ? [Broken($"{path}/{SiteFiles.FaceDetector}", $"the folder {path} is a symbolic link, which Git and promotion do not follow")]
            : folder.EnumerateFiles("*.y*ml").Where(IsLink).OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => Broken($"{path}/{file.Name}", "the file is a symbolic link, which Git and promotion do not follow"));

    private static bool IsLink(FileSystemInfo info) => info.LinkTarget is not null;

    /// <summary>The top of the repository where the folder is not right below it; null where it is, or where there is no repository.</summary>
    private static string? NotAtTheTop(string sites)
    {
        var parent = Directory.GetParent(Path.GetFullPath(sites));
        for (var above = parent; above is not null; above = above.Parent)
        {
            if (Path.Exists(Path.Combine(above.FullName, ".git")))
            {
                return above.FullName == parent!.FullName ? null : above.Name;
            }
        }

        return null;
    }

    private static Finding Broken(string file, string message) => new(Rule.Id, Rule.Severity, file, new SourcePosition(0, 1, 1), message, Rule.Remedy);
}
