namespace FaceEdge.Imaging;

/// <summary>The section <c>Imaging</c> of the configuration.</summary>
internal sealed class ImagingOptions
{
    public const string Section = "Imaging";

    /// <summary>Which native library handles pictures and, where it can, cameras: <c>auto</c> takes OpenCV where it loads.</summary>
    public ImagingChoice Backend { get; set; } = ImagingChoice.Auto;
}
