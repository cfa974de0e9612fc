namespace FaceEdge.Deploy.Sites.Templates;

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
