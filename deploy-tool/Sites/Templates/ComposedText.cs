using System.Text;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>A text that may name parameters, whose values take the place of the names: <c>edge-{site}</c>. A brace of its own is written twice.</summary>
internal sealed class ComposedText
{
    private readonly IReadOnlyList<(string Text, bool IsName)> _parts;

    private ComposedText(string text, IReadOnlyList<(string Text, bool IsName)> parts)
    {
        Text = text;
        _parts = parts;
    }

    /// <summary>The text as written.</summary>
    public string Text { get; }

    /// <summary>The parameters that it names.</summary>
    public IEnumerable<string> Names => _parts.Where(part => part.IsName).Select(part => part.Text);

    /// <summary>Reads a text.</summary>
    /// <returns>Null when it can be read, otherwise what is wrong with it.</returns>
    public static string? TryParse(string text, out ComposedText composed)
    {
        composed = null!;
        var parts = new List<(string, bool)>();
        var literal = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is not ('{' or '}'))
            {
                literal.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == text[at])
            {
                literal.Append(text[at++]);
            }
            else if (text[at] == '{' && text.IndexOf('}', at) is > 0 and var end && end > at + 1 && text.AsSpan(at + 1, end - at - 1).IndexOfAny("{ \n") < 0)
            {
                parts.Add((literal.ToString(), false));
                parts.Add((text[(at + 1)..end], true));
                literal.Clear();
                at = end;
            }
            else
            {
                return $"'{text[at]}' begins or ends no name of a parameter; write it twice for a brace";
            }
        }

        parts.Add((literal.ToString(), false));
        composed = new ComposedText(text, [.. parts.Where(part => part.Item1.Length > 0)]);
        return null;
    }

    /// <summary>How a text is written that names nothing.</summary>
    public static string Escape(string text) => text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    /// <summary>The text with the values of the parameters that it names.</summary>
    public string With(Func<string, string> valueOf) => _parts switch
    {
        [] => "",
        [(var only, false)] => only,
        _ => string.Concat(_parts.Select(part => part.IsName ? valueOf(part.Text) : part.Text)),
    };
}
