using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using FaceEdge.Contracts;

namespace FaceEdge.Configuration;

/// <summary>Who may ask, under which name, and how often: the section <c>Http</c>.</summary>
/// <param name="AllowedHosts">Names under which this site is reached, besides addresses and local names; "*.example.com" covers what is below, "*" everything.</param>
/// <param name="FrameAncestors">Origins whose pages may embed this one, and show its cameras; none lets only this site's own.</param>
/// <param name="UploadsPerMinute">Pictures from one address.</param>
/// <param name="ChangesPerMinute">Changes of settings from one address.</param>
/// <param name="KeyTriesPerMinute">Wrong keys from one address.</param>
internal sealed partial record HttpAccessOptions(
    IReadOnlyList<string> AllowedHosts, IReadOnlyList<string> FrameAncestors, int UploadsPerMinute, int ChangesPerMinute, int KeyTriesPerMinute)
{
    /// <summary>Allows everything.</summary>
    public const string Any = "*";

    private static readonly char[] Separators = [' ', ',', ';'];

    private static readonly SettingRule<IReadOnlyList<string>> Hosts = List("host names such as faces.example.com or *.example.com, or *", HostName());

    private static readonly SettingRule<IReadOnlyList<string>> Origins = List("origins such as https://dashboard.example.com or http://10.0.0.5:3000, or *", Origin());

    public static HttpAccessOptions Read(SettingsReader reader) => new(
        reader.Read("Http:AllowedHosts", [], Hosts),
        reader.Read("Http:FrameAncestors", [], Origins),
        reader.Read("Http:UploadsPerMinute", 600, SettingRules.Whole(1, 100_000)),
        reader.Read("Http:ChangesPerMinute", 120, SettingRules.Whole(1, 100_000)),
        reader.Read("Http:KeyTriesPerMinute", 10, SettingRules.Whole(1, 1000)));

    private static SettingRule<IReadOnlyList<string>> List(string allowed, Regex item) => new(
        allowed,
        (string text, [MaybeNullWhen(false)] out IReadOnlyList<string> value) =>
        {
            var items = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
            value = items;
            return items.Length <= 32 && Array.TrueForAll(items, name => name == Any || item.IsMatch(name));
        });

    [GeneratedRegex(@"^(\*\.)?[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63}){0,10}$")]
    private static partial Regex HostName();

    [GeneratedRegex(@"^https?://(\[[0-9A-Fa-f:]{2,45}\]|(\*\.)?[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63}){0,10})(:[0-9]{1,5})?$")]
    private static partial Regex Origin();
}
