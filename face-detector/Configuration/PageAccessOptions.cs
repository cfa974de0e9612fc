using FaceEdge.Contracts;

namespace FaceEdge.Configuration;

/// <summary>Who may look.</summary>
/// <param name="Key">Asked for by the page, the streams and the API; null lets everybody look who reaches the port.</param>
internal sealed record PageAccessOptions(string? Key)
{
    public static PageAccessOptions Read(SettingsReader reader) => new(reader.Read("Page:Key", (string?)null, SettingRules.Key!));
}
