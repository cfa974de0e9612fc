namespace FaceEdge.Deploy.Oci;

/// <summary>An index row's platform: operating system, architecture and, for ARM, the variant.</summary>
public readonly record struct Platform(string OperatingSystem, string Architecture, string Variant)
{
    /// <summary>
    /// The same platform under one name: <c>arm64</c> and <c>arm64/v8</c> are the same machine (containerd's platforms.Normalize).
    /// </summary>
    public Platform Normalized => Architecture == "arm64" && Variant == "v8" ? this with { Variant = "" } : this;

    public override string ToString() =>
        Variant.Length == 0 ? $"{OperatingSystem}/{Architecture}" : $"{OperatingSystem}/{Architecture}/{Variant}";
}
