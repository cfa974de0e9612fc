using FaceEdge.Contracts;

namespace FaceEdge.Configuration;

/// <summary>The settings that may change while the service runs.</summary>
/// <param name="Mode">Faces or eyes.</param>
/// <param name="Threshold">The confidence score from which a face counts; null takes the model's own.</param>
/// <param name="Title">Heading of the page.</param>
/// <param name="Background">Of the page, "#rrggbb"; null lets the page follow the visitor's light or dark preference.</param>
/// <param name="Privacy">What frames show of people.</param>
internal sealed record LiveSettings(DetectionMode Mode, double? Threshold, string Title, string? Background, PrivacyMode Privacy)
{
    public const string DefaultTitle = "Face detection";

    public static LiveSettings Read(SettingsReader reader) => new(
        reader.Read("Detector:Mode", DetectionMode.Face, SettingRules.Mode),
        reader.Read("Detector:Threshold", (double?)null, SettingRules.Optional(SettingRules.Threshold)),
        reader.Read("Page:Title", DefaultTitle, SettingRules.Line),
        reader.Read("Page:Background", (string?)null, SettingRules.Background!),
        reader.Read("Privacy:Mode", PrivacyMode.None, SettingRules.Privacy));
}
