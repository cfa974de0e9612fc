using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>Writes a value as one line of YAML, in the style that was there where that style can carry it.</summary>
public static partial class ScalarWriter
{
    /// <summary>The text for a value; plain text is used only where every YAML reader takes it for what the old text was: a string, or the same kind of number or boolean.</summary>
    /// <param name="value">Any text without lone surrogates.</param>
    /// <param name="old">The scalar whose place the text takes.</param>
    public static string Write(string value, YamlScalar old) => old.Style switch
    {
        ScalarStyle.DoubleQuoted => DoubleQuoted(value),
        ScalarStyle.Literal or ScalarStyle.Folded => value,
        ScalarStyle.Plain when IsPlainSafe(value) && KeepsType(value, old) => value,
        _ => FitsSingleQuotes(value) ? $"'{value.Replace("'", "''", StringComparison.Ordinal)}'" : DoubleQuoted(value),
    };

    /// <summary>The text for a string that is new, in a style where that can carry it.</summary>
    public static string Write(string value, ScalarStyle style) => Write(value, new YamlScalar(default, null, null, "", style, 0, 0, 0));

    /// <summary>True for text that every reader takes for a string although it has no quotes.</summary>
    public static bool FitsPlain(string value) => IsPlainSafe(value) && KindOf(value) == "string";

    /// <summary>True for text that a block scalar can hold on one line of its own.</summary>
    public static bool FitsBlockScalar(string value) =>
        value.Length > 0 && value[0] is not (' ' or '\t') && FitsSingleQuotes(value);

    /// <summary>True when plain text would be read as a number, a boolean, null, a date or a merge key under YAML 1.1 or 1.2.</summary>
    public static bool ReadsAsOtherThanString(string value) => KindOf(value) != "string";

    private static bool KeepsType(string value, YamlScalar old)
    {
        var kind = KindOf(value);
        return kind == "string" || (kind != "null" && kind == KindOf(old.Value));
    }

    private static string KindOf(string value) => value switch
    {
        "" or "~" or "null" or "Null" or "NULL" => "null",
        "<<" or "=" => "reserved",
        _ when BooleanPattern().IsMatch(value) => "boolean",
        _ when NumberPattern().IsMatch(value) => "number",
        _ when DatePattern().IsMatch(value) => "date",
        _ => "string",
    };

    private static bool IsPlainSafe(string value) => PlainPattern().IsMatch(value) && value is not ("---" or "...");

    private static bool FitsSingleQuotes(string value) => value.All(c => !NeedsEscape(c));

    private static bool NeedsEscape(char c) => c is '\t' or < ' ' or (>= '\u007F' and <= '\u009F') or '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF';

    private static string DoubleQuoted(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                _ when NeedsEscape(c) => text.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }

    /// <summary>A cautious subset of plain scalars that is plain in block and flow context alike: no indicator in front, no ": ", " #", "," or bracket.</summary>
    [GeneratedRegex(@"^[\p{L}\p{Nd}_./+$(](?:[\p{L}\p{Nd}_./+$()@%^;~=-]|(?<! )#|:(?=[\p{L}\p{Nd}_./@-])| (?=[\p{L}\p{Nd}_./(+-]))*\z")]
    private static partial Regex PlainPattern();

    [GeneratedRegex(@"^(?:y|yes|n|no|true|false|on|off)\z", RegexOptions.IgnoreCase)]
    private static partial Regex BooleanPattern();

    /// <summary>Integers in every base, sexagesimals, floats, infinities; wider than the schemas, since quoting too much is harmless.</summary>
    [GeneratedRegex(@"^[-+.]?(?:[0-9][0-9_,.:]*(?:[eE][-+]?[0-9]*)?|0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|0[bB][01_]+|\.?inf|\.?nan)\z", RegexOptions.IgnoreCase)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"^\d{4}-\d{1,2}-\d{1,2}")]
    private static partial Regex DatePattern();
}
