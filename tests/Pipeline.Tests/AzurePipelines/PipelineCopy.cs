using FaceEdge.Deploy.Rehearsal.Schema;

namespace FaceEdge.Pipeline.Tests.AzurePipelines;

/// <summary>A copy of azure-pipelines.yml, its templates and its scripts that a test may break.</summary>
internal sealed class PipelineCopy : IDisposable
{
    public const string File = "azure-pipelines.yml";

    private readonly string _root = Directory.CreateTempSubdirectory("pipeline-").FullName;

    public PipelineCopy()
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "pipelines"), "*", SearchOption.AllDirectories).Prepend(Path.Combine(Repository.Root, File)))
        {
            var copy = Path.Combine(_root, Path.GetRelativePath(Repository.Root, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(path, copy);
        }
    }

    /// <summary>Replaces a text that stands in a file; the test fails when it does not.</summary>
    public PipelineCopy With(string file, string text, string replacement)
    {
        var path = Path.Combine(_root, file);
        var whole = System.IO.File.ReadAllText(path);
        Assert.Contains(text, whole, StringComparison.Ordinal);
        var at = whole.IndexOf(text, StringComparison.Ordinal);
        System.IO.File.WriteAllText(path, string.Concat(whole.AsSpan(0, at), replacement, whole.AsSpan(at + text.Length)));
        return this;
    }

    public PipelineCopy Without(string file)
    {
        System.IO.File.Delete(Path.Combine(_root, file));
        return this;
    }

    public IReadOnlyList<string> Findings(params (string Name, string Value)[] parameters) => FindingsOf(File, parameters);

    /// <summary>Of another pipeline in the copy, by its path.</summary>
    public IReadOnlyList<string> FindingsOf(string pipeline, params (string Name, string Value)[] parameters) =>
        [.. new SchemaCheck(_root).Run(pipeline, parameters.ToDictionary(one => one.Name, one => one.Value)).Select(finding => finding.ToString())];

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
