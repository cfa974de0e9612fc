using System.Runtime.CompilerServices;

namespace FaceEdge.Deploy.Tests.Sites;

/// <summary>The sites folder of this repository.</summary>
internal static class RealSites
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(SourceFolder(), "../../../sites"));

    public static string File(string environment, string name) => Path.Combine(Root, environment, name);

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
