using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Sites;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Sites.Validation;

/// <summary>A copy of the fleet, to be broken.</summary>
internal sealed class SiteFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("faceedge-sites-");

    public SiteFolder() => Write(Fleet.Files());

    /// <summary>The fleet, and the template and inventory that it is rendered from.</summary>
    public static SiteFolder WithSources()
    {
        var folder = new SiteFolder();
        folder.Write(Fleet.Sources());
        return folder;
    }

    /// <summary>The directory above sites/.</summary>
    public string Repository => _root.FullName;

    public SiteTree Tree => new(Path.Combine(_root.FullName, "sites"));

    public void Dispose() => _root.Delete(recursive: true);

    public string PathOf(string path) => Path.Combine(_root.FullName, "sites", path);

    /// <summary>Commits the folder as it is, in a repository around it.</summary>
    public async Task<SiteFolder> CommitAsync()
    {
        var git = new GitProcess(Repository);
        string[][] commands =
        [
            ["init", "--quiet", "-b", "main"], ["add", "--all"],
            ["-c", "user.name=Operator", "-c", "user.email=operator@example.com", "-c", "commit.gpgsign=false", "commit", "--quiet", "-m", "Begin"],
        ];
        foreach (var command in commands)
        {
            await git.RunAsync(CancellationToken.None, command);
        }

        return this;
    }

    public SiteFolder Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
        return this;
    }

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

    private void Write(IEnumerable<(string Path, string Text)> files)
    {
        foreach (var (path, text) in files)
        {
            Write(path, text);
        }
    }
}
