namespace FaceEdge.Deploy.Sites.Templates;

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
