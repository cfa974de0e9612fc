using System.Diagnostics.CodeAnalysis;
using System.Drawing;
using System.Globalization;

namespace FaceEdge.Contracts;

/// <summary>Colours as people write them in CSS, normalised to "#rrggbb".</summary>
internal static class CssColour
{
    public const string Black = "#000000";
    public const string White = "#ffffff";

    /// <summary>Takes "#rgb", "#rrggbb" and the opaque CSS colour names.</summary>
    public static bool TryParse(string text, [MaybeNullWhen(false)] out string colour)
    {
        colour = null;
        if (text is ['#', .. var digits])
        {
            if (digits.Length == 3)
            {
                digits = string.Concat(digits.Select(digit => new string(digit, 2)));
            }

            if (digits.Length == 6 && digits.All(char.IsAsciiHexDigit))
            {
                colour = "#" + digits.ToLowerInvariant();
            }
        }
        else if (Color.FromName(text) is { IsKnownColor: true, IsSystemColor: false, A: 255 } named)
        {
            colour = $"#{named.R:x2}{named.G:x2}{named.B:x2}";
        }

        return colour is not null;
    }

    /// <summary>Black or white, whichever reads better on the colour; the contrast is at least 4.58 to 1.</summary>
    /// <param name="colour">In the form "#rrggbb".</param>
    public static string TextOn(string colour)
    {
        var luminance = RelativeLuminance(colour);
        return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? Black : White;
    }

    /// <summary>WCAG 2.2, "relative luminance": 0 for black, 1 for white.</summary>
    public static double RelativeLuminance(string colour)
    {
        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));

        double Channel(int start)
        {
            var value = byte.Parse(colour.AsSpan(start, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
    }
}
