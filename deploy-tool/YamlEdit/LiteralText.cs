namespace FaceEdge.Deploy.YamlEdit;

/// <summary>From a literal block scalar's value to the file's text: each line of the value is one of the file, behind its indentation.</summary>
internal static class LiteralText
{
    /// <summary>Where a character of the value stands in the file's text.</summary>
    public static int SourceOffset(string text, YamlScalar scalar, int offset)
    {
        var source = scalar.ContentOffset;
        var indentation = source - (text.AsSpan(0, source).LastIndexOfAny('\r', '\n') + 1);

        // The content begins at the first line with text; empty lines above it are part of the value.
        var line = scalar.Value.AsSpan().IndexOfAnyExcept('\n');
        while (scalar.Value.IndexOf('\n', line) is >= 0 and var end && end < offset)
        {
            source = text.AsSpan(source).IndexOfAny('\r', '\n') + source;
            source += text[source] == '\r' && source + 1 < text.Length && text[source + 1] == '\n' ? 2 : 1;
            for (var spaces = 0; spaces < indentation && source < text.Length && text[source] == ' '; spaces++)
            {
                source++;
            }

            line = end + 1;
        }

        return source + offset - line;
    }
}
