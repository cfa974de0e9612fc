using System.Text;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>
/// Adds whole lines to a block mapping or sequence, or a document to a file, or takes an entry's lines out, and touches no other byte. The result is parsed again, by YamlDotNet
/// too, and must be the same stream but for what was added or taken out.
/// </summary>
public static class BlockEdit
{
    /// <summary>Adds entries or items at the end of a mapping or sequence.</summary>
    /// <param name="file">The whole file, UTF-8.</param>
    /// <param name="yaml">The same, parsed.</param>
    /// <param name="document">Which document of the stream.</param>
    /// <param name="path">Which collection of the document; null for the document itself.</param>
    /// <param name="block">Lines of YAML, not indented.</param>
    /// <param name="after">Number of the child after which they come; null for the last.</param>
    public static BlockEditResult Add(byte[] file, YamlFile yaml, DocumentSelector document, YamlPath? path, string block, int? after = null)
    {
        var at = ScalarLookup.FindNode(yaml, document, path?.Steps ?? [], path?.ToString() ?? "the document");
        if (at.Place is null)
        {
            return Refuse(file, at.Outcome, at.Position, at.Message);
        }

        if (Parse(block, out var added) is { } fault)
        {
            return Refuse(file, ScalarEditOutcome.InvalidYaml, at.Position, $"what is added is not YAML: {fault}");
        }

        if (Obstacle(at, added.Documents[0].Root) is { } obstacle)
        {
            return Refuse(file, ScalarEditOutcome.Unsupported, at.Position, $"{path?.ToString() ?? "the document"} {obstacle}");
        }

        var text = yaml.Text.Value;
        var end = at.Place switch
        {
            YamlSequence list => BlockText.EndOf(list.Items[after ?? ^1], text),
            YamlMapping map => BlockText.EndOf(map.Entries[after ?? ^1], text),
            _ => text.Length,
        };
        var start = BlockText.NextLine(text, end);
        var newLine = text.AsSpan(0, start).EndsWith("\r\n") ? "\r\n" : "\n";
        var lines = Indented(block, at.Place is YamlScalar ? 0 : at.Position.Column - 1, newLine);
        var isCutOff = start > 0 && text[start - 1] is not ('\n' or '\r');
        var edited = Splice(file, yaml.Text, start, start, (isCutOff ? newLine : "") + lines);
        return IsAsMeant(yaml, edited, at, added.Documents[0].Root, after)
            ? new BlockEditResult(ScalarEditOutcome.Changed, edited, text.AsSpan(0, start).Count('\n') + (isCutOff ? 2 : 1), lines.AsSpan().Count('\n'), at.Position, "")
            : Refuse(file, ScalarEditOutcome.Unsupported, at.Position, $"nothing can be added to {path?.ToString() ?? "the document"} without changing what surrounds it");
    }

    /// <summary>Adds a document at the end of the stream.</summary>
    /// <param name="file">The whole file, UTF-8.</param>
    /// <param name="yaml">The same, parsed.</param>
    /// <param name="block">Lines of a mapping, not indented.</param>
    public static BlockEditResult AddDocument(byte[] file, YamlFile yaml, string block)
    {
        var text = yaml.Text.Value;
        var end = new SourcePosition(text.Length, text.AsSpan().Count('\n') + 1, 1);
        if (Parse(block, out var added) is { } fault)
        {
            return Refuse(file, ScalarEditOutcome.InvalidYaml, end, $"what is added is not YAML: {fault}");
        }

        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var isCutOff = text.Length > 0 && text[^1] is not ('\n' or '\r');
        var lines = Indented("---\n" + block, 0, newLine);
        var edited = Splice(file, yaml.Text, text.Length, text.Length, (isCutOff ? newLine : "") + lines);
        return YamlFile.TryParse(edited, out var after) is null && SecondReading.Agrees(after) && after.Documents.Count == yaml.Documents.Count + 1
            && SameDocuments([.. yaml.Documents, added.Documents[0]], after.Documents, added.Documents[0].Root, added.Documents[0].Root)
                ? new BlockEditResult(ScalarEditOutcome.Changed, edited, end.Line + (isCutOff ? 1 : 0), lines.AsSpan().Count('\n'), end, "")
                : Refuse(file, ScalarEditOutcome.Unsupported, end, "no document can be added at its end without changing what stands before it");
    }

    /// <summary>Takes an entry of a block mapping out, with its lines.</summary>
    /// <param name="file">The whole file, UTF-8.</param>
    /// <param name="yaml">The same, parsed.</param>
    /// <param name="document">Which document of the stream.</param>
    /// <param name="path">Which mapping of the document; null for the document itself.</param>
    /// <param name="key">The entry's key.</param>
    public static BlockEditResult Remove(byte[] file, YamlFile yaml, DocumentSelector document, YamlPath? path, string key)
    {
        var at = ScalarLookup.FindNode(yaml, document, path?.Steps ?? [], path?.ToString() ?? "the document");
        if (at.Place is not YamlMapping { Flow: false } mapping || mapping.Entries.FirstOrDefault(entry => entry.HasKey(key)) is not { } taken)
        {
            return Refuse(file, ScalarEditOutcome.Absent, at.Position, $"{path?.ToString() ?? "the document"} has no entry '{key}' on lines of its own");
        }

        var text = yaml.Text.Value;
        var (start, end) = (BlockText.LineStart(text, taken.Key.Start.Offset), BlockText.NextLine(text, BlockText.EndOf(taken, text)));
        var edited = Splice(file, yaml.Text, start, end, "");
        var rest = mapping with { Entries = [.. mapping.Entries.Where(entry => !ReferenceEquals(entry, taken))] };
        return text.AsSpan(start, taken.Key.Start.Offset - start).IsWhiteSpace() && YamlFile.TryParse(edited, out var after) is null && SecondReading.Agrees(after)
            && SameDocuments(yaml.Documents, after.Documents, mapping, rest)
                ? new BlockEditResult(ScalarEditOutcome.Changed, edited, taken.Key.Start.Line, text.AsSpan(start, end - start).Count('\n'), taken.Key.Start, "")
                : Refuse(file, ScalarEditOutcome.Unsupported, taken.Key.Start, $"'{key}' cannot be taken out without changing what surrounds it");
    }

    /// <summary>The lines of a block node with the comments above it, not indented: what <see cref="Add"/> takes.</summary>
    /// <param name="yaml">The file.</param>
    /// <param name="node">A block mapping or sequence of it.</param>
    /// <param name="line">The first of the lines, from 1.</param>
    public static string LinesOf(YamlFile yaml, YamlNode node, out int line)
    {
        var text = yaml.Text.Value;
        var start = BlockText.LineStart(text, node.Start.Offset);
        line = node.Start.Line;
        while (start > 0 && BlockText.LineStart(text, start - 1) is var above && text.AsSpan(above, start - above).Trim() is [] or ['#', ..])
        {
            start = above;
            line--;
        }

        var lines = text[start..BlockText.NextLine(text, BlockText.EndOf(node, text))].ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        return string.Concat(lines.Select(one => one[Math.Min(node.Start.Column - 1, one.Length - one.TrimStart(' ').Length)..] + "\n"));
    }

    /// <summary>The lines of one item of a list, with the comments above it, not indented.</summary>
    public static string ItemLinesOf(YamlFile yaml, YamlSequence list, int index) =>
        LinesOf(yaml, list with { Start = list.Items[index].Start with { Column = list.Start.Column }, Items = [list.Items[index]] }, out _);

    private static YamlFault? Parse(string block, out YamlFile added)
    {
        var fault = YamlFile.TryParse(Encoding.UTF8.GetBytes(block), out added);
        return fault ?? (added.Documents is [{ Root: YamlMapping { Flow: false } or YamlSequence { Flow: false } }] ? null : new YamlFault(default, "it is neither lines of a list nor of a mapping"));
    }

    private static string? Obstacle(ScalarLookup at, YamlNode added) => (at.Place, added) switch
    {
        ({ } node, _) when at.Document!.Aliases.Any(alias => ReferenceEquals(alias.Target, node)) => "is used elsewhere too, through an anchor; write it out",
        (YamlScalar { Value: "" } root, _) when ReferenceEquals(root, at.Document!.Root) => null,
        (YamlMapping { Flow: false } into, YamlMapping more) => more.Entries.FirstOrDefault(entry => into.Entries.Any(one => one.HasKey(entry.Name ?? ""))) is { } twice
            ? $"has '{twice.Name}' already"
            : null,
        (YamlSequence { Flow: false }, YamlSequence) => null,
        (YamlMapping { Flow: true } or YamlSequence { Flow: true }, _) => "is written in braces or brackets; write it on lines",
        _ => "is not of the kind of what is added: a list takes items, a mapping takes entries",
    };

    private static bool IsAsMeant(YamlFile before, byte[] edited, ScalarLookup at, YamlNode added, int? behind)
    {
        YamlNode meant = (at.Place!, added) switch
        {
            (YamlSequence into, YamlSequence more) => into with { Items = Inserted(into.Items, more.Items, behind) },
            (YamlMapping into, YamlMapping more) => into with { Entries = Inserted(into.Entries, more.Entries, behind) },
            _ => added,
        };
        return YamlFile.TryParse(edited, out var after) is null && SameDocuments(before.Documents, after.Documents, at.Place!, meant) && SecondReading.Agrees(after);
    }

    private static List<T> Inserted<T>(IReadOnlyList<T> items, IReadOnlyList<T> more, int? behind)
    {
        var all = items.ToList();
        all.InsertRange(behind + 1 ?? all.Count, more);
        return all;
    }

    /// <summary>Whether the streams are the same but for one node, in whose place another stands.</summary>
    private static bool SameDocuments(IReadOnlyList<YamlDocument> before, IReadOnlyList<YamlDocument> after, YamlNode node, YamlNode meant)
    {
        // What held one entry alone, or none, may be an empty document or none at all.
        var (was, now) = (before.Where(one => !IsEmpty(Replaced(one.Root))).ToList(), after.Where(one => !IsEmpty(one.Root)).ToList());
        return was.Count == now.Count && was.Zip(now).All(pair => Same(Replaced(pair.First.Root), pair.Second.Root));

        YamlNode Replaced(YamlNode one) => ReferenceEquals(one, node) ? meant : one;

        bool Same(YamlNode a, YamlNode b) => (Replaced(a), b) switch
        {
            (YamlScalar x, YamlScalar y) => x.Value == y.Value && x.Style == y.Style && x.Tag == y.Tag && x.Anchor == y.Anchor,
            (YamlAlias x, YamlAlias y) => x.Name == y.Name,
            (YamlSequence x, YamlSequence y) => x.Flow == y.Flow && x.Tag == y.Tag && x.Anchor == y.Anchor
                && x.Items.Count == y.Items.Count && x.Items.Zip(y.Items).All(pair => Same(pair.First, pair.Second)),
            (YamlMapping x, YamlMapping y) => x.Flow == y.Flow && x.Tag == y.Tag && x.Anchor == y.Anchor
                && x.Entries.Count == y.Entries.Count && x.Entries.Zip(y.Entries).All(pair => Same(pair.First.Key, pair.Second.Key) && Same(pair.First.Value, pair.Second.Value)),
            _ => false,
        };
    }

    private static bool IsEmpty(YamlNode node) => node is YamlScalar { Value: "" } or YamlMapping { Entries.Count: 0, Flow: false };

    private static string Indented(string block, int indentation, string newLine)
    {
        var spaces = new string(' ', indentation);
        return string.Concat(block.TrimEnd('\n').ReplaceLineEndings("\n").Split('\n').Select(line => (line.Length == 0 ? "" : spaces + line) + newLine));
    }

    private static byte[] Splice(ReadOnlySpan<byte> file, YamlText text, int start, int end, string lines) =>
        [.. file[..text.ByteOffset(start)], .. Encoding.UTF8.GetBytes(lines), .. file[text.ByteOffset(end)..]];

    private static BlockEditResult Refuse(byte[] file, ScalarEditOutcome outcome, SourcePosition position, string message) =>
        new(outcome, file, 0, 0, position, message);
}

/// <summary>The result of a <see cref="BlockEdit"/>.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Bytes">The file after the edit; the bytes given when it was refused.</param>
/// <param name="Line">The first line that was added or taken out, from 1.</param>
/// <param name="Count">How many lines.</param>
/// <param name="Position">Where the collection or the entry is, or the reason for the refusal.</param>
/// <param name="Message">Why the edit was refused, in one line; empty otherwise.</param>
public sealed record BlockEditResult(ScalarEditOutcome Outcome, byte[] Bytes, int Line, int Count, SourcePosition Position, string Message)
{
    public bool Succeeded => Outcome == ScalarEditOutcome.Changed;
}
