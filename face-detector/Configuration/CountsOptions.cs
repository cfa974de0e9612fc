using System.Diagnostics.CodeAnalysis;
using FaceEdge.Contracts;

namespace FaceEdge.Configuration;

/// <summary>Counts of people, and what outlives the service: the section <c>Counts</c>.</summary>
/// <param name="Path">A folder of the service's own; null where nothing outlives it.</param>
/// <param name="Zone">In which hours and days are counted; null for the host's.</param>
internal sealed record CountsOptions(string? Path, TimeZoneInfo? Zone)
{
    private static readonly SettingRule<TimeZoneInfo> ZoneRule = new(
        "a time zone such as Europe/Berlin or UTC", (string text, [MaybeNullWhen(false)] out TimeZoneInfo value) => TimeZoneInfo.TryFindSystemTimeZoneById(text, out value));

    public static CountsOptions Read(SettingsReader reader) => new(
        reader.Read("Counts:Path", (string?)null, SettingRules.Path!), reader.Read("Counts:TimeZone", (TimeZoneInfo?)null, ZoneRule!));
}
