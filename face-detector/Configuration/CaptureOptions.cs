using FaceEdge.Capture;
using FaceEdge.Contracts;

namespace FaceEdge.Configuration;

/// <summary>How video is decoded: the section <c>Capture</c>, which holds for all cameras.</summary>
/// <param name="Idle">What is decoded of a camera that nobody watches and before which nothing moves.</param>
/// <param name="HardwareDecode">What decodes in place of the processor.</param>
internal sealed record CaptureOptions(IdleMode Idle, HardwareDecode HardwareDecode)
{
    private static readonly SettingRule<IdleMode> IdleRule = new("\"all\" or \"keyframes\"", TryParse);

    private static readonly SettingRule<HardwareDecode> HardwareRule = new(
        "\"none\", \"auto\", \"vaapi\", \"v4l2m2m\", \"drm\", \"qsv\" or \"cuda\"", TryParse);

    public static CaptureOptions Read(SettingsReader reader) => new(
        reader.Read("Capture:Idle", IdleMode.All, IdleRule),
        reader.Read("Capture:HardwareDecode", HardwareDecode.None, HardwareRule));

    private static bool TryParse<T>(string text, out T value)
        where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && char.IsAsciiLetter(text[0]);
}
