using FaceEdge.Contracts;

namespace FaceEdge.Configuration;

/// <summary>What PUT /api/v1/settings laid over the configuration; null leaves the configured value.</summary>
internal sealed record SettingsOverride(DetectionMode? Mode, double? Threshold, string? Title, string? Background, PrivacyMode? Privacy)
{
    public static SettingsOverride None { get; } = new(null, null, null, null, null);

    public LiveSettings Over(LiveSettings configured) => new(
        Mode ?? configured.Mode,
        Threshold ?? configured.Threshold,
        Title ?? configured.Title,
        Background ?? configured.Background,
        Privacy ?? configured.Privacy);
}
