using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.Sites.Templates;

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
