namespace FaceEdge.Deploy.Sites;

/// <summary>The files that a site pulls.</summary>
internal static class SiteFiles
{
    public const string ConfigureHost = "configureHost.yaml";
    public const string FaceDetector = "face-detector.yaml";
    public const string Vm = "vm.yaml";
    public const string MetalLb = "metallb.yaml";

    /// <summary>What is left of a site that was retired.</summary>
    public const string Retired = "retired.yaml";

    public static IReadOnlyList<string> All { get; } = [ConfigureHost, FaceDetector, Vm, MetalLb];
}
