using FaceEdge.Deploy.Sites;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Sites.Validation;

/// <summary>A copy of the fleet, to be broken.</summary>
internal sealed class SiteFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("faceedge-sites-");

    public SiteFolder()
    {
        foreach (var (path, text) in Fleet.Files())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
            File.WriteAllText(PathOf(path), text);
        }
    }

    /// <summary>The directory above sites/.</summary>
    public string Repository => _root.FullName;

    public SiteTree Tree => new(Path.Combine(_root.FullName, "sites"));

    public void Dispose() => _root.Delete(recursive: true);

    public string PathOf(string path) => Path.Combine(_root.FullName, "sites", path);

    public string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>Replaces the first occurrence of a text, which must be there; a null replacement deletes the file.</summary>
    public SiteFolder Replace(string path, string text, string? replacement)
    {
        if (replacement is null)
        {
            File.Delete(PathOf(path));
            return this;
        }

        var content = Read(path);
        var at = content.IndexOf(text, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{path} has no '{text}'");
        File.WriteAllText(PathOf(path), content[..at] + replacement + content[(at + text.Length)..]);
        return this;
    }
}
