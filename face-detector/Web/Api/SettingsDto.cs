using FaceEdge.Configuration;
using FaceEdge.Contracts;

namespace FaceEdge.Web.Api;

/// <summary>The settings in force.</summary>
/// <param name="Mode">"face" or "eyes".</param>
/// <param name="Threshold">The confidence score from which a face counts.</param>
/// <param name="Title">Heading of the page.</param>
/// <param name="Background">Of the page, "#rrggbb"; null follows the visitor's light or dark preference.</param>
/// <param name="Text">Black or white, whichever reads better on the background; null where that is.</param>
/// <param name="Privacy">"none", "blur" or "boxes": what frames show of people. A camera may hide more.</param>
internal sealed record SettingsDto(DetectionMode Mode, double Threshold, string Title, string? Background, string? Text, PrivacyMode Privacy)
{
    public static SettingsDto From(LiveSettings settings, double modelThreshold) => new(
        settings.Mode,
        Math.Round(settings.Threshold ?? modelThreshold, 4),
        settings.Title,
        settings.Background,
        settings.Background is { } background ? CssColour.TextOn(background) : null,
        settings.Privacy);
}
