using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>The files of a sites folder, in the work tree or in a commit. Paths are from the sites folder, with forward slashes.</summary>
internal interface ISiteSource
{
    /// <summary>The files below a folder, at any depth, in ordinal order.</summary>
    IEnumerable<string> List(string folder);

    /// <summary>The bytes of a file; null when there is none. May be called by several threads.</summary>
    byte[]? Read(string path);
}

/// <summary>The sites folder of a work tree.</summary>
/// <param name="root">Full path of the sites folder.</param>
internal sealed class FolderSource(string root) : ISiteSource
{
    public IEnumerable<string> List(string folder)
    {
        var directory = Path.Combine(root, folder);
        return Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'))
                .Order(StringComparer.Ordinal)
            : [];
    }

    public byte[]? Read(string path)
    {
        var full = Path.Combine(root, path);
        try
        {
            return File.Exists(full) ? File.ReadAllBytes(full) : null;
        }
        catch (FileNotFoundException)
        {
            // It went between the two.
            return null;
        }
    }
}

/// <summary>The sites folder of a commit, read at once.</summary>
internal sealed class TreeSource : ISiteSource
{
    private const string Prefix = $"{DesiredState.SitesFolder}/";

    private readonly Dictionary<string, byte[]> _files;
    private readonly List<string> _paths;

    private TreeSource(Dictionary<string, byte[]> files)
    {
        _files = files;
        _paths = [.. files.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>A sites folder without files.</summary>
    public static TreeSource Empty { get; } = new([]);

    /// <summary>Reads the files of a commit's sites folder.</summary>
    /// <param name="tree">The commit.</param>
    /// <param name="wanted">Which files, by their paths from the sites folder.</param>
    /// <param name="cancellation">Stops git.</param>
    public static async Task<TreeSource> ReadAsync(GitTree tree, Func<string, bool> wanted, CancellationToken cancellation)
    {
        var paths = tree.Paths.Where(path => path.StartsWith(Prefix, StringComparison.Ordinal) && wanted(path[Prefix.Length..])).ToList();
        var files = new Dictionary<string, byte[]>(paths.Count, StringComparer.Ordinal);
        await foreach (var (number, content) in tree.ReadFilesAsync(paths, cancellation))
        {
            files[paths[number][Prefix.Length..]] = content;
        }

        return new TreeSource(files);
    }

    public IEnumerable<string> List(string folder)
    {
        var first = _paths.BinarySearch(folder + "/", StringComparer.Ordinal);
        return _paths.Skip(first < 0 ? ~first : first).TakeWhile(path => path.StartsWith(folder + "/", StringComparison.Ordinal));
    }

    public byte[]? Read(string path) => _files.GetValueOrDefault(path);
}

/// <summary>A sites folder with files that are other than they are there.</summary>
/// <param name="source">The folder.</param>
/// <param name="edits">Bytes by path; null for a file that is gone.</param>
internal sealed class EditedSource(ISiteSource source, IReadOnlyDictionary<string, byte[]?> edits) : ISiteSource
{
    public IEnumerable<string> List(string folder) => source.List(folder)
        .Where(path => !edits.ContainsKey(path))
        .Concat(edits.Where(edit => edit.Value is not null && edit.Key.StartsWith(folder + "/", StringComparison.Ordinal)).Select(edit => edit.Key))
        .Order(StringComparer.Ordinal);

    public byte[]? Read(string path) => edits.TryGetValue(path, out var bytes) ? bytes : source.Read(path);
}

/// <summary>What sites are rendered from, of one folder, and the sites' own files, of another.</summary>
internal sealed class SplitSource(ISiteSource sources, ISiteSource sites) : ISiteSource
{
    public IEnumerable<string> List(string folder) => Of(folder).List(folder);

    public byte[]? Read(string path) => Of(path).Read(path);

    private ISiteSource Of(string path) => SiteTree.IsSourcePath(path) ? sources : sites;
}
