using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FaceEdge.Contracts;

/// <summary>What each kind of setting may be: the same rule serves appsettings.json, the environment and PUT /api/v1/settings.</summary>
internal static partial class SettingRules
{
    /// <summary>A title must fit one line of a phone in landscape.</summary>
    public const int MaxTextLength = 80;

    public static SettingRule<DetectionMode> Mode { get; } = new("\"face\" or \"eyes\"", ParseMode);

    public static SettingRule<PrivacyMode> Privacy { get; } = new("\"none\", \"blur\" or \"boxes\"", (string text, out PrivacyMode value) =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && char.IsAsciiLetter(text[0]));

    /// <summary>Below .05 a model reports thousands of boxes; at 1 it reports none.</summary>
    public static SettingRule<double> Threshold { get; } = Number(0.05, 0.99);

    public static SettingRule<string> Background { get; } =
        new("a colour such as \"#ffc0cb\", \"#fcb\" or a CSS colour name such as \"pink\"", CssColour.TryParse);

    public static SettingRule<string> Line { get; } =
        new($"one line of 1 to {MaxTextLength} characters", ParseLine);

    /// <summary>Names go into paths and metric labels.</summary>
    public static SettingRule<string> CameraName { get; } =
        new("letters, digits, '-' and '_', at most 32 of them", ParseName);

    /// <summary>A file name or another name without control characters; an address, which may hold a password, is none.</summary>
    public static SettingRule<string> Path { get; } = new(
        "a name or a path of at most 1024 characters, and no address",
        (string text, [MaybeNullWhen(false)] out string value) =>
        {
            value = text;
            return text.Length <= 1024 && !text.Any(char.IsControl) && !SecretText.MeansAddress(text);
        });

    /// <summary>Shorter keys can be guessed.</summary>
    public static SettingRule<string> Key { get; } =
        new("8 to 256 visible ASCII characters", ParseKey) { Secret = true };

    public static SettingRule<int> Whole(int min, int max) => new(
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}"),
        (string text, out int value) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= min && value <= max);

    public static SettingRule<double> Number(double min, double max) => new(
        string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}"),
        (string text, out double value) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value >= min && value <= max);

    /// <summary>The same rule for a value that may be absent.</summary>
    public static SettingRule<T?> Optional<T>(SettingRule<T> rule)
        where T : struct => new(
            rule.Allowed,
            (string text, out T? value) =>
            {
                var good = rule.TryParse(text, out var parsed);
                value = parsed;
                return good;
            });

    public static SettingRule<bool> Switch { get; } = new("\"true\" or \"false\"", bool.TryParse);

    private static bool ParseMode(string text, out DetectionMode value) =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && char.IsAsciiLetter(text[0]);

    private static bool ParseLine(string text, [MaybeNullWhen(false)] out string value)
    {
        value = text;
        return text.Length is >= 1 and <= MaxTextLength && !text.Any(char.IsControl);
    }

    private static bool ParseName(string text, [MaybeNullWhen(false)] out string value)
    {
        value = text;
        return NamePattern().IsMatch(text);
    }

    private static bool ParseKey(string text, [MaybeNullWhen(false)] out string value)
    {
        value = text;
        return text.Length is >= 8 and <= 256 && text.All(character => character is > ' ' and <= '~');
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,32}$")]
    private static partial Regex NamePattern();
}
