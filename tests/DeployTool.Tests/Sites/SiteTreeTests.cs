using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Tests.Sites;

public sealed class SiteTreeTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("faceedge-sites-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void An_environment_is_one_site_or_many_or_both()
    {
        Write("qa/face-detector.yaml");
        Write("production/face-detector.yaml");
        Write("production/paris-1/face-detector.yaml");
        Write("production/berlin-1/face-detector.yaml");
        Write("production/notes/readme.md");

        Assert.Equal(["qa"], Names("qa"));
        Assert.Equal(["production", "production/berlin-1", "production/paris-1"], Names("production"));
        Assert.Empty(Names("uat"));
    }

    private IEnumerable<string> Names(string environment) =>
        new SiteTree(_root.FullName).Sites(new SiteEnvironment(environment, GatePolicy.None)).Select(site => site.RelativePath);

    private void Write(string path)
    {
        var file = Path.Combine(_root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
    }
}
