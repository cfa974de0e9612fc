namespace FaceEdge.Deploy.Gates;

/// <summary>Which changes can move the latency of the image: those of what it is made of. Words are not gated.</summary>
internal static class GatedPaths
{
    private const string Service = "face-detector/";

    /// <summary>The training pipeline runs offline; what it brings is the model, which lies elsewhere.</summary>
    private const string Training = "face-detector/training/";

    private static readonly string[] Shared = ["Directory.Build.props", "Directory.Packages.props", "global.json", "Dockerfile"];

    /// <param name="path">From the top of the repository, with forward slashes.</param>
    public static bool Affects(string path) =>
        Shared.Contains(path, StringComparer.Ordinal)
        || (path.StartsWith(Service, StringComparison.Ordinal)
            && !path.StartsWith(Training, StringComparison.Ordinal)
            && !path.EndsWith(".md", StringComparison.OrdinalIgnoreCase));
}
