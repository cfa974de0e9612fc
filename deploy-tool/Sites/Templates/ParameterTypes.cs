using System.Globalization;
using System.Text.RegularExpressions;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>What a parameter's values may be.</summary>
internal static partial class ParameterTypes
{
    /// <summary>What is allowed, where a value is not; null where it is.</summary>
    public static string? Check(Parameter parameter, string value)
    {
        if (value.Length == 0)
        {
            return parameter.IsOptional || parameter.Type == ParameterType.Text ? null : "a value";
        }

        var allowed = parameter.Type switch
        {
            ParameterType.Number when !decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) => "a number",
            ParameterType.Colour when !ServiceSettings.IsColour(value) => ServiceSettings.Colour,
            ParameterType.AddressRange when !AddressRange.TryParse(value, out _) => "a prefix such as 192.0.2.0/28 or a range such as 192.0.2.10-192.0.2.19",
            ParameterType.HostName when !HostName().IsMatch(value) => "a host name of letters, digits and dashes",
            ParameterType.Enumeration when !parameter.Values.Contains(value) => string.Join(" or ", parameter.Values),
            _ => null,
        };
        return allowed ?? parameter.Sets.Select(place => place.Setting).OfType<string>().Select(setting => ServiceSettings.Allowed(setting, value)).FirstOrDefault(fault => fault is not null);
    }

    /// <summary>What is wrong with a label or a setting; null when nothing is.</summary>
    public static string? CheckEntry(Parameter parameter, string key, string value) => parameter.Type == ParameterType.SettingMap
        ? ServiceSettings.Check(key, value)
        : !LabelKey().IsMatch(key) ? $"'{key}': allowed is a key of letters, digits, dashes, dots and underscores, perhaps behind a domain and a slash"
        : !LabelValue().IsMatch(value) ? $"{key} = '{value}': allowed is at most 63 letters, digits, dashes, dots and underscores, the first and the last of them a letter or digit"
        : null;

    /// <summary>Kubernetes: Labels and Selectors, Syntax and character set.</summary>
    [GeneratedRegex(@"^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex LabelKey();

    [GeneratedRegex(@"^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?\z")]
    private static partial Regex LabelValue();

    /// <summary>RFC 1123.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\z")]
    private static partial Regex HostName();
}
