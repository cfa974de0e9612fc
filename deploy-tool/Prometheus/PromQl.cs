using System.Text;
using System.Text.RegularExpressions;

namespace FaceEdge.Deploy.Prometheus;

/// <summary>Writes the parts of a query that hold somebody else's words.</summary>
public static class PromQl
{
    /// <summary>A string literal.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var character in text)
        {
            quoted.Append(character switch
            {
                '\\' => "\\\\",
                '"' => "\\\"",
                '\n' => "\\n",
                '\r' => "\\r",
                _ => character.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A matcher for exactly these values of a label: an alternation of literals, which Prometheus looks up without a search.</summary>
    public static string OneOf(string label, IEnumerable<string> values) => $"{label}=~{Quote(string.Join('|', values.Select(Regex.Escape)))}";

    /// <summary>A duration, to the millisecond.</summary>
    public static string Duration(TimeSpan span) => $"{Math.Max(1, (long)Math.Round(span.TotalMilliseconds))}ms";
}
