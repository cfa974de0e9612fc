using System.Collections.Concurrent;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>
/// What sites have of their own: <c>inventory/ENV/SITE.yaml</c> for each site, and <c>inventory/ENV.yaml</c> for what all sites of an environment
/// have. It lies beside the environments, since a host applies every file of the folder that it pulls.
/// </summary>
internal sealed class Inventory
{
    /// <summary>From the sites folder.</summary>
    public const string Folder = "inventory";

    private const string Extension = ".yaml";

    private Inventory(IReadOnlyDictionary<string, InventoryFile> environments, IReadOnlyList<InventorySite> sites)
    {
        Environments = environments;
        Sites = sites;
    }

    /// <summary>What all sites of an environment have, by the environment's name.</summary>
    public IReadOnlyDictionary<string, InventoryFile> Environments { get; }

    /// <summary>The sites, by the paths of their folders.</summary>
    public IReadOnlyList<InventorySite> Sites { get; }

    /// <summary>Every file, and the environment that it is of.</summary>
    public IEnumerable<(string Environment, InventoryFile File)> Files =>
        Environments.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, one.Value)).Concat(Sites.Select(site => (site.Environment, site.Own)));

    public static string PathOf(string environment) => $"{Folder}/{environment}{Extension}";

    public static string PathOf(string environment, string site) => $"{Folder}/{environment}/{site}{Extension}";

    /// <summary>Reads every file, and every fault.</summary>
    public static Inventory Read(ISiteSource source, List<SourceFault> faults)
    {
        var found = new ConcurrentBag<SourceFault>();
        var files = new ConcurrentBag<InventoryFile>();
        Parallel.ForEach(source.List(Folder), path =>
        {
            if (Misplaced(path) is { } misplaced)
            {
                found.Add(misplaced);
            }
            else if (source.Read(path) is { } bytes)
            {
                files.Add(InventoryFile.Parse(path, bytes, found));
            }
        });
        faults.AddRange(found.OrderBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Position.Offset));
        var environments = files.Where(file => !IsOfSite(file.Path)).ToDictionary(file => NamesOf(file.Path)[0], StringComparer.Ordinal);
        return new Inventory(environments, [.. files
            .Where(file => IsOfSite(file.Path))
            .Select(file => NamesOf(file.Path) is var names ? new InventorySite(names[0], names[1], file, environments.GetValueOrDefault(names[0])) : null!)
            .OrderBy(site => site.Folder, StringComparer.Ordinal)]);
    }

    private static bool IsOfSite(string path) => NamesOf(path).Length == 2;

    private static string[] NamesOf(string path) => path[(Folder.Length + 1)..^Extension.Length].Split('/');

    private static SourceFault? Misplaced(string path)
    {
        var place = new SourcePosition(0, 1, 1);
        if (!path.EndsWith(Extension, StringComparison.Ordinal) || path.Split('/').Length is not (2 or 3))
        {
            return new SourceFault(path, place, "this is neither inventory/ENVIRONMENT.yaml nor inventory/ENVIRONMENT/SITE.yaml", "move or delete it");
        }

        return NamesOf(path).FirstOrDefault(name => !SiteTree.IsFolderName(name)) is { } wrong
            ? new SourceFault(path, place, $"'{wrong}' is no name of at most 63 lower-case letters, digits and dashes", "rename it: it is the name of a folder too")
            : null;
    }
}

/// <summary>A site of the inventory.</summary>
/// <param name="Environment">The environment that it belongs to.</param>
/// <param name="Name">Its name; the environment's where it is the environment's own folder.</param>
/// <param name="Own">What it has of its own.</param>
/// <param name="Shared">What all sites of its environment have; null when that is nothing.</param>
internal sealed record InventorySite(string Environment, string Name, InventoryFile Own, InventoryFile? Shared)
{
    /// <summary>The folder that its host pulls, from the sites folder.</summary>
    public string Folder => Name == Environment ? Environment : $"{Environment}/{Name}";
}
