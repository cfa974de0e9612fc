using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>
/// Changes one scalar of a YAML file and no other byte: comments, blank lines, indents, line ends, quoting, a byte order mark and the
/// other documents stay. The parser's marks give the place; the result is parsed again and must be the same stream but for that scalar.
/// </summary>
public static class ScalarEdit
{
    private const string StringTag = "tag:yaml.org,2002:str";

    /// <summary>Sets the scalar at <paramref name="path"/> of the selected document.</summary>
    /// <param name="file">The whole file, UTF-8.</param>
    /// <param name="document">Which document of the stream.</param>
    /// <param name="path">Which scalar of the document.</param>
    /// <param name="value">The new value, as text.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> holds a lone surrogate.</exception>
    public static ScalarEditResult Set(byte[] file, DocumentSelector document, YamlPath path, string value)
    {
        if (YamlFile.TryParse(file, out var yaml) is { } fault)
        {
            return Refuse(file, ScalarEditOutcome.InvalidYaml, fault.Position, fault.Message);
        }

        return Set(file, yaml, document, path, value);
    }

    /// <summary>The same for a file that is parsed already.</summary>
    public static ScalarEditResult Set(byte[] file, YamlFile yaml, DocumentSelector document, YamlPath path, string value) =>
        SetAll(file, yaml, [new ScalarChange(document, path, value)], new YamlReader());

    /// <summary>Sets several scalars, each of them or none: one refusal leaves the file as it was.</summary>
    /// <param name="file">The whole file, UTF-8.</param>
    /// <param name="yaml">The same, parsed.</param>
    /// <param name="changes">What is to have which value.</param>
    /// <param name="reader">Reads the result, for the proof that nothing else changed.</param>
    /// <returns>Old value and position are those of the first change, or of the one that was refused.</returns>
    public static ScalarEditResult SetAll(byte[] file, YamlFile yaml, IReadOnlyList<ScalarChange> changes, YamlReader reader)
    {
        var edits = new List<(YamlScalar Scalar, string Value)>();
        ScalarEditResult? first = null;
        foreach (var change in changes)
        {
            if (!IsWellFormed(change.Value))
            {
                throw new ArgumentException("the value is not valid Unicode: it holds half of a surrogate pair", nameof(changes));
            }

            var found = ScalarLookup.Find(yaml, change.Document, change.Path);
            if (found.Scalar is not { } scalar)
            {
                return Refuse(file, found.Outcome, found.Position, found.Message);
            }

            if (Obstacle(scalar) is { } obstacle)
            {
                return Refuse(file, ScalarEditOutcome.Unsupported, scalar.Start, $"{change.Path} {obstacle}");
            }

            first ??= new ScalarEditResult(ScalarEditOutcome.Unchanged, file, scalar.Value, scalar.Start, "");
            if (scalar.Value != change.Value || IsNull(scalar))
            {
                edits.Add((scalar, change.Value));
            }
        }

        return edits.Count == 0 ? first! : Replace(file, yaml, edits, first!, reader);
    }

    private static ScalarEditResult Replace(
        byte[] file, YamlFile yaml, List<(YamlScalar Scalar, string Value)> edits, ScalarEditResult first, YamlReader reader)
    {
        var edited = file;

        // From the end, so that the places of what is still to be replaced hold.
        foreach (var (scalar, value) in edits.OrderByDescending(edit => edit.Scalar.EndOffset))
        {
            var start = yaml.ContentOffset(scalar);

            // An empty plain scalar stands right behind its colon or dash.
            var gap = start == scalar.EndOffset && start > 0 && !char.IsWhiteSpace(yaml.Text.Value[start - 1]) ? " " : "";
            edited = Splice(edited, yaml.Text.ByteOffset(start), yaml.Text.ByteOffset(scalar.EndOffset), gap + ScalarWriter.Write(value, scalar));
        }

        return DiffersOnlyIn(edits.ToDictionary(edit => edit.Scalar.EventIndex, edit => edit.Value), yaml.Events, edited, reader)
            ? first with { Outcome = ScalarEditOutcome.Changed, Bytes = edited }
            : Refuse(file, ScalarEditOutcome.Unsupported, edits[0].Scalar.Start, "the value cannot be written here without changing what surrounds it");
    }

    private static byte[] Splice(ReadOnlySpan<byte> file, int start, int end, string text) =>
        [.. file[..start], .. System.Text.Encoding.UTF8.GetBytes(text), .. file[end..]];

    private static bool DiffersOnlyIn(Dictionary<int, string> values, IReadOnlyList<ParsingEvent> before, byte[] edited, YamlReader reader)
    {
        if (YamlText.TryDecode(edited, out var text) is not null || reader.TryReadEvents(text, out var after) is not null || after.Count != before.Count)
        {
            return false;
        }

        for (var i = 0; i < after.Count; i++)
        {
            if (!(values.TryGetValue(i, out var value) ? EventComparison.SameScalarWithValue(before[i], after[i], value) : EventComparison.Same(before[i], after[i])))
            {
                return false;
            }
        }

        return true;
    }

    private static string? Obstacle(YamlScalar scalar) => scalar switch
    {
        { Style: ScalarStyle.Literal or ScalarStyle.Folded } => "is a block scalar (| or >), which is not edited; write it on one line first",
        { Tag: not (null or StringTag) } => $"has the tag {scalar.Tag}; only strings are edited",
        _ => null,
    };

    private static bool IsNull(YamlScalar scalar) => scalar is { Style: ScalarStyle.Plain, Value: "" };

    private static bool IsWellFormed(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(value[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static ScalarEditResult Refuse(byte[] file, ScalarEditOutcome outcome, SourcePosition position, string message) =>
        new(outcome, file, null, position, message);
}
