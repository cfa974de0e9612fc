using FaceEdge.Contracts;
using FaceEdge.Imaging;

namespace FaceEdge.Configuration;

/// <summary>What POST /api/v1/detect and the visitor's camera take: the section <c>Upload</c>.</summary>
/// <param name="Limits">Of each picture.</param>
/// <param name="Concurrency">Pictures worked on at once; more are told to come back later.</param>
/// <param name="BodyTimeout">How long a picture may take to arrive.</param>
internal sealed record UploadOptions(ImageLimits Limits, int Concurrency, TimeSpan BodyTimeout)
{
    /// <summary>
    /// Decoding takes up to 7 bytes a pixel, and a file of some 100 KB may have as many pixels as is allowed: with those of the ImageLimits
    /// for cameras, a single one could take all the memory that a site's manifest grants.
    /// </summary>
    private const int MaxPixels = 25_000_000;

    /// <summary>A JPEG of a phone's camera, and more than any page sends over its WebSocket.</summary>
    private const int MaxVisitorBytes = 4 * 1024 * 1024;

    /// <summary>How many pixels each picture may have for all of <see cref="Concurrency"/> to be worked on at once; one with more takes the place of several.</summary>
    public long PixelShare => Limits.MaxPixels / Concurrency;

    /// <summary>Of each frame of a visitor's own camera: each visitor holds up to three.</summary>
    public ImageLimits VisitorLimits => Limits with { MaxBytes = Math.Min(Limits.MaxBytes, MaxVisitorBytes) };

    /// <summary>Visitors' cameras at once; they take turns at the detectors.</summary>
    public int MaxVisitors => 4 * Concurrency;

    public static UploadOptions Read(SettingsReader reader)
    {
        var standard = ImageLimits.Default;
        return new UploadOptions(
            new ImageLimits(
                reader.Read("Upload:MaxBytes", standard.MaxBytes, SettingRules.Whole(1024, 256 * 1024 * 1024)),
                reader.Read("Upload:MaxSide", standard.MaxSide, SettingRules.Whole(64, 65_500)),
                reader.Read("Upload:MaxPixels", MaxPixels, SettingRules.Whole(4096, 500_000_000))),
            reader.Read("Upload:Concurrency", 4, SettingRules.Whole(1, 64)),
            TimeSpan.FromSeconds(reader.Read("Upload:BodySeconds", 30, SettingRules.Whole(1, 600))));
    }
}
