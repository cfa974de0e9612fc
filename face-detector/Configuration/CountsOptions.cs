using FaceEdge.Contracts;

namespace FaceEdge.Configuration;

/// <summary>What outlives the service: the section <c>Counts</c>.</summary>
/// <param name="Path">A folder of the service's own; null where nothing does.</param>
internal sealed record CountsOptions(string? Path)
{
    public static CountsOptions Read(SettingsReader reader) => new(reader.Read("Counts:Path", (string?)null, SettingRules.Path!));
}
