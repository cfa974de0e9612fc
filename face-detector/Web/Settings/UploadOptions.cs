using FaceEdge.Imaging;

namespace FaceEdge.Web.Settings;

/// <summary>What POST /api/v1/detect and the visitor's camera take: the section <c>Upload</c>.</summary>
/// <param name="Limits">Of each picture.</param>
/// <param name="Concurrency">Pictures worked on at once; more are told to come back later.</param>
internal sealed record UploadOptions(ImageLimits Limits, int Concurrency)
{
    public static UploadOptions Read(SettingsReader reader)
    {
        var standard = ImageLimits.Default;
        return new UploadOptions(
            new ImageLimits(
                reader.Read("Upload:MaxBytes", standard.MaxBytes, SettingRules.Whole(1024, 256 * 1024 * 1024)),
                reader.Read("Upload:MaxSide", standard.MaxSide, SettingRules.Whole(64, 65_500)),
                reader.Read("Upload:MaxPixels", (int)standard.MaxPixels, SettingRules.Whole(4096, 500_000_000))),
            reader.Read("Upload:Concurrency", 4, SettingRules.Whole(1, 64)));
    }
}
