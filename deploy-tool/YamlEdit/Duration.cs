using System.Globalization;
using System.Text.RegularExpressions;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>Durations as people write them in configuration: days, hours, minutes and seconds, largest first (1d12h, 90m).</summary>
public static partial class Duration
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        var match = Pattern().Match(text);
        duration = match.Success
            ? TimeSpan.FromSeconds((((((Part(match, "d") * 24) + Part(match, "h")) * 60) + Part(match, "m")) * 60) + Part(match, "s"))
            : TimeSpan.Zero;
        return duration > TimeSpan.Zero;
    }

    private static long Part(Match match, string unit) =>
        match.Groups[unit] is { Success: true } part ? long.Parse(part.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?:(?<d>\d{1,5})d)?(?:(?<h>\d{1,5})h)?(?:(?<m>\d{1,5})m)?(?:(?<s>\d{1,5})s)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
