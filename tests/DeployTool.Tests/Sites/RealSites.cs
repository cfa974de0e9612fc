using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Tests.Sites;

/// <summary>The sites folder of this repository.</summary>
internal static partial class RealSites
{
    /// <summary>The title of every site's page in <see cref="Files"/>; mode and background are the image's own.</summary>
    public const string Title = "Face detection";

    private const string Repository = "registry.example.com/faceedge/face-detector";

    private const string Image = $"{Repository}:0.1.0@sha256:310aa4e9d49ee07225aebce659c04f320fea128c366564830ad3f67465e54c11";

    public static string Root { get; } = Path.GetFullPath(Path.Combine(SourceFolder(), "../../../sites"));

    public static string File(string environment, string name) => Path.Combine(Root, environment, name);

    /// <summary>
    /// Every file, by its path below the folder, with one image and one look for all sites: what each runs and shows is for promotions
    /// and configurations to say, and a test that hung on it would fail the first run of the pipeline after one.
    /// </summary>
    public static IEnumerable<(string Path, string Text)> Files() =>
        from file in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        let text = RepositoryKey().Replace(PinnedImage().Replace(System.IO.File.ReadAllText(file), Image), Repository)
        select (Path.GetRelativePath(Root, file), Path.GetFileName(file) == SiteFiles.FaceDetector ? WithOneLook(text) : text);

    private static string WithOneLook(string text)
    {
        Assert.Null(DetectorManifest.TryParse(Encoding.UTF8.GetBytes(text), out var manifest));
        return Encoding.UTF8.GetString(manifest.WithSettings([new("Detector__Mode", ""), new("Page__Background", ""), new("Page__Title", Title)]).Bytes);
    }

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    /// <summary>An image pinned by tag and digest.</summary>
    [GeneratedRegex(@"[\w.:-]+(/[\w.-]+)+:[\w.-]+@sha256:[0-9a-f]{64}", RegexOptions.ExplicitCapture)]
    private static partial Regex PinnedImage();

    /// <summary>The value of the policy's key image.repository.</summary>
    [GeneratedRegex(@"(?<=^image:\n  repository: )\S+", RegexOptions.Multiline)]
    private static partial Regex RepositoryKey();
}
