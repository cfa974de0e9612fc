namespace FaceEdge.Deploy.Sites;

/// <summary>The files that a site pulls.</summary>
internal static class SiteFiles
{
    public const string ConfigureHost = "configureHost.yaml";
    public const string FaceDetector = "face-detector.yaml";
    public const string Vm = "vm.yaml";
    public const string MetalLb = "metallb.yaml";

    /// <summary>The telemetry agent, apart from what promotion edits; a site that sends nothing has none.</summary>
    public const string Telemetry = "telemetry.yaml";

    /// <summary>What is left of a site that was retired.</summary>
    public const string Retired = "retired.yaml";

    /// <summary>What every site has.</summary>
    public static IReadOnlyList<string> Required { get; } = [ConfigureHost, FaceDetector, Vm, MetalLb];

    /// <summary>What a site may have.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Required, Telemetry];
}
