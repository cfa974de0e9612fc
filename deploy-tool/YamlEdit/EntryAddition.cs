using System.Text;
using System.Text.RegularExpressions;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>
/// Adds one entry to a mapping and changes no other byte. Where the mapping's keys are in order the entry stands in its place among them, otherwise
/// last; its indent, line end and quotes are its neighbour's. As with <see cref="ScalarEdit"/>, the result is parsed again, by YamlDotNet too, and must
/// be the same stream but for that entry.
/// </summary>
public static partial class EntryAddition
{
    /// <summary>Adds an entry whose value is a string.</summary>
    /// <param name="file">The whole file, UTF-8.</param>
    /// <param name="yaml">The same, parsed.</param>
    /// <param name="document">Which document of the stream.</param>
    /// <param name="mapping">The keys that lead to the mapping.</param>
    /// <param name="key">The new key; the mapping does not have it.</param>
    /// <param name="value">The value, as text.</param>
    public static ScalarEditResult Add(byte[] file, YamlFile yaml, DocumentSelector document, IReadOnlyList<string> mapping, string key, string value)
    {
        var path = YamlPath.OfKeys([.. mapping, key]);
        var at = ScalarLookup.Find(yaml, document, path);
        if (at.Parent is not { } parent)
        {
            return Refuse(at.Outcome, at.Message);
        }

        var names = parent.Entries.Select(entry => entry.Name).ToList();
        var place = IsOrdered(names) ? names.Count(name => string.CompareOrdinal(name, key) < 0) : names.Count;
        var insertion = parent.Flow ? InFlow(yaml.Text.Value, parent, place, Written) : InBlock(yaml.Text.Value, parent, place, Written);
        if (insertion is not { } found)
        {
            return Refuse(ScalarEditOutcome.Unsupported, Reason());
        }

        var offset = yaml.Text.ByteOffset(found.Offset);
        byte[] edited = [.. file[..offset], .. Encoding.UTF8.GetBytes(found.Text), .. file[offset..]];
        return YamlFile.TryParse(edited, out var after) is null
            && ScalarLookup.Find(after, document, path).Scalar is { } added
            && added.Value == value
            && YamlComparison.DifferOnlyByEntry(yaml.Documents, after.Documents, added)
            && SecondReading.Agrees(yaml, after, new Dictionary<int, string>())
                ? new ScalarEditResult(ScalarEditOutcome.Changed, edited, null, added.Start, "")
                : Refuse(ScalarEditOutcome.Unsupported, Reason());

        ScalarEditResult Refuse(ScalarEditOutcome outcome, string message) => new(outcome, file, null, at.Position, message);

        string Reason() => $"{path} cannot be added here without changing what surrounds it";

        string Written(YamlEntry? neighbour) =>
            $"{ScalarWriter.Write(key, StyleOf(neighbour?.Key, parent, key))}: {ScalarWriter.Write(value, StyleOf(neighbour?.Value, parent, value))}";
    }

    private static bool IsOrdered(List<string?> names) => names.Zip(names.Skip(1)).All(pair => string.CompareOrdinal(pair.First, pair.Second) < 0);

    /// <summary>The neighbour's style; text that cannot stand without quotes gets those that the mapping uses elsewhere.</summary>
    private static ScalarStyle StyleOf(YamlNode? neighbour, YamlMapping mapping, string text)
    {
        var style = neighbour is YamlScalar { Style: ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted } quoted ? quoted.Style : ScalarStyle.Plain;
        return style != ScalarStyle.Plain || ScalarWriter.FitsPlain(text)
            ? style
            : mapping.Entries.Any(entry => entry.Value is YamlScalar { Style: ScalarStyle.DoubleQuoted }) ? ScalarStyle.DoubleQuoted : ScalarStyle.SingleQuoted;
    }

    /// <summary>A line of its own: below the entry before it, or above the first one and the comments that belong to that.</summary>
    private static (int Offset, string Text)? InBlock(string text, YamlMapping mapping, int place, Func<YamlEntry?, string> written)
    {
        var neighbour = mapping.Entries[Math.Max(place - 1, 0)];
        var above = place == 0 ? EndOfLineAbove(text, neighbour.Key.Start.Offset) : EndOf(neighbour.Value) is { } end ? EndOfLine(text, end) : null;
        return above is { } offset
            ? (offset, $"{LineBreakAt(text, offset)}{new string(' ', neighbour.Key.Start.Column - 1)}{written(neighbour)}")
            : null;
    }

    private static (int Offset, string Text)? InFlow(string text, YamlMapping mapping, int place, Func<YamlEntry?, string> written) => mapping.Entries switch
    {
        [] => text[mapping.Start.Offset] == '{' ? (mapping.Start.Offset + 1, written(null)) : null,
        [var first, ..] when place == 0 => (first.Key.Start.Offset, $"{written(first)}, "),
        var entries => EndOf(entries[place - 1].Value) is { } end ? (end, $", {written(entries[place - 1])}") : null,
    };

    /// <summary>One past a node's last character; null for what holds other nodes, whose end the parser does not keep.</summary>
    private static int? EndOf(YamlNode node) => node switch
    {
        YamlScalar scalar => scalar.EndOffset,
        YamlAlias alias => alias.Start.Offset + 1 + alias.Name.Length,
        _ => null,
    };

    private static int? EndOfLine(string text, int offset) => text.AsSpan(offset).IndexOfAny('\r', '\n') is >= 0 and var length ? offset + length : text.Length;

    /// <summary>The end of the last line above an offset that is neither empty nor a comment; null where there is none, or the offset's line begins with something else.</summary>
    private static int? EndOfLineAbove(string text, int offset)
    {
        var found = AboveEntry().Match(text[..offset]);
        return found.Success ? found.Groups["end"].Index : null;
    }

    /// <summary>The line break at a line's end; at the end of the file the one before it.</summary>
    private static string LineBreakAt(string text, int offset)
    {
        var next = LineBreak().Match(text, offset);
        return next.Success ? next.Value : LineBreak().Matches(text).LastOrDefault()?.Value ?? "\n";
    }

    [GeneratedRegex(@"\r\n|\r|\n")]
    private static partial Regex LineBreak();

    /// <summary>Runs back over blanks, empty lines and comments from the entry to the end of the line above.</summary>
    [GeneratedRegex(@"(?<=[^\r\n])(?<end>)(?:\r\n|\r|\n)(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*[ ]*\z", RegexOptions.RightToLeft)]
    private static partial Regex AboveEntry();
}
