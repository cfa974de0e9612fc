using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.TestFleet;

/// <summary>
/// A fleet like the one in sites/ when it was new: qa, uat and production, a site each. What sites/ holds now is for promotions and
/// operators to say, and a test that hung on it would stop them.
/// </summary>
internal static partial class Fleet
{
    /// <summary>What the title of qa's page is.</summary>
    public const string QaTitle = "Face detection - QA";

    public static string RepositoryRoot { get; } = Path.GetFullPath(Path.Combine(Folder(), "../.."));

    /// <summary>Every file, by its path below sites/.</summary>
    public static IEnumerable<(string Path, string Text)> Files() =>
    [
        .. Directory.EnumerateFiles(Folder(), "*.yaml").Select(file => (Path.GetFileName(file), File.ReadAllText(file))),
        .. from environment in new[] { "qa", "uat", "production" }
           from file in Directory.EnumerateFiles(Path.Combine(Folder(), "site"))
           let name = Path.GetFileName(file)
           select (Path.Combine(environment, name), Read(environment, name)),
    ];

    /// <summary>What the same sites are rendered from: a template with the values of qa's site, parameters, and what each site has of its own.</summary>
    public static IEnumerable<(string Path, string Text)> Sources() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Folder(), "site")).Select(file => (Path.Combine("template", Path.GetFileName(file)), File.ReadAllText(file))),
        .. Directory.EnumerateFiles(Path.Combine(Folder(), "template"), "*", SearchOption.AllDirectories).Select(file => (Path.GetRelativePath(Folder(), file), File.ReadAllText(file))),
        .. new[] { "qa", "uat", "production" }.SelectMany(environment => new[]
        {
            ($"inventory/{environment}.yaml", $"stage: {environment.ToUpperInvariant()}\n"),
            ($"inventory/{environment}/{environment}.yaml", $"siteName: {environment}-lab\nhost: edge-{environment}-01\npool: 192.0.2.10-192.0.2.19\n"),
        }),
    ];

    public static string Policy => File.ReadAllText(Path.Combine(Folder(), PolicyFile.FileName));

    /// <summary>The face-detector.yaml of an environment's site.</summary>
    public static string Manifest(string environment) => Read(environment, SiteFiles.FaceDetector);

    private static string Read(string environment, string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder(), "site", name));
        text = Small().Replace(Large().Replace(text, environment.ToUpperInvariant()), environment);
        if (name != SiteFiles.FaceDetector)
        {
            return text;
        }

        Assert.Null(DetectorManifest.TryParse(Encoding.UTF8.GetBytes(text), out var manifest));
        return Encoding.UTF8.GetString(manifest.WithSettings([]).Bytes);
    }

    private static string Folder([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;

    [GeneratedRegex(@"\bqa\b")]
    private static partial Regex Small();

    [GeneratedRegex(@"\bQA\b")]
    private static partial Regex Large();
}
