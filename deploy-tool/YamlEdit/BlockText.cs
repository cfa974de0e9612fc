namespace FaceEdge.Deploy.YamlEdit;

/// <summary>Where nodes end in the text, and whole lines of it.</summary>
internal static class BlockText
{
    /// <summary>One past the last character of a node.</summary>
    public static int EndOf(YamlNode node, string text) => node switch
    {
        YamlScalar scalar => scalar.EndOffset,
        YamlAlias alias => alias.Start.Offset + 1 + alias.Name.Length,
        YamlSequence { Flow: true } list => Close(text, list.Items.Count > 0 ? EndOf(list.Items[^1], text) : Open(text, node, '['), ']'),
        YamlMapping { Flow: true } map => Close(text, map.Entries.Count > 0 ? EndOf(map.Entries[^1], text) : Open(text, node, '{'), '}'),
        YamlSequence { Items: [.., var last] } => EndOf(last, text),
        YamlMapping { Entries: [.., var last] } => EndOf(last, text),
        _ => node.Start.Offset,
    };

    public static int EndOf(YamlEntry entry, string text) => Math.Max(EndOf(entry.Key, text), EndOf(entry.Value, text));

    /// <summary>First character of the line that a character is in.</summary>
    public static int LineStart(string text, int at) => text.AsSpan(0, at).LastIndexOfAny('\r', '\n') + 1;

    /// <summary>First character of the line after the one that a character is in; the text's end where there is none.</summary>
    public static int NextLine(string text, int at)
    {
        var end = text.AsSpan(at).IndexOfAny('\r', '\n') is >= 0 and var length ? at + length : text.Length;
        return end == text.Length ? end : end + (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1);
    }

    private static int Open(string text, YamlNode node, char bracket) => text.IndexOf(bracket, node.Start.Offset) + 1;

    /// <summary>One past the bracket that closes a flow collection, behind commas, blanks and comments.</summary>
    private static int Close(string text, int at, char bracket)
    {
        for (; at < text.Length && text[at] != bracket; at++)
        {
            if (text[at] == '#' && text[at - 1] is ' ' or '\t' or '\n' or '\r')
            {
                at = NextLine(text, at) - 1;
            }
        }

        return Math.Min(at + 1, text.Length);
    }
}

/// <summary>From a literal block scalar's value to the file's text: each line of the value is one of the file, behind its indentation.</summary>
internal static class LiteralText
{
    /// <summary>Where a character of the value stands in the file's text.</summary>
    public static int SourceOffset(string text, YamlScalar scalar, int offset)
    {
        var source = scalar.ContentOffset;
        var indentation = source - BlockText.LineStart(text, source);

        // The content begins at the first line with text; empty lines above it are part of the value.
        var line = scalar.Value.AsSpan().IndexOfAnyExcept('\n');
        while (scalar.Value.IndexOf('\n', line) is >= 0 and var end && end < offset)
        {
            source = BlockText.NextLine(text, source);
            for (var spaces = 0; spaces < indentation && source < text.Length && text[source] == ' '; spaces++)
            {
                source++;
            }

            line = end + 1;
        }

        return source + offset - line;
    }
}
