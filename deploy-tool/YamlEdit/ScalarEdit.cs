namespace FaceEdge.Deploy.YamlEdit;

/// <summary>
/// Changes one scalar of a YAML file and no other byte: comments, blank lines, indents, line ends, quoting, a byte order mark and the
/// other documents stay. The parser gives the place; the result is parsed again, by YamlDotNet too, and must be the same stream but for that scalar.
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
        SetAll(file, yaml, [new ScalarChange(document, path, value)]);

    /// <summary>
    /// Sets several scalars, each of them or none: one refusal leaves the file as it was. A scalar that is repeated by aliases is edited
    /// when the changes name all of its places and give them one value.
    /// </summary>
    /// <param name="file">The whole file, UTF-8.</param>
    /// <param name="yaml">The same, parsed.</param>
    /// <param name="changes">What is to have which value.</param>
    /// <returns>Old value and position are those of the first change, or of the one that was refused.</returns>
    public static ScalarEditResult SetAll(byte[] file, YamlFile yaml, IReadOnlyList<ScalarChange> changes)
    {
        var found = new List<(ScalarChange Change, ScalarLookup At)>();
        foreach (var change in changes)
        {
            if (!IsWellFormed(change.Value))
            {
                throw new ArgumentException("the value is not valid Unicode: it holds half of a surrogate pair", nameof(changes));
            }

            var at = ScalarLookup.Find(yaml, change.Document, change.Path);
            if (at.Scalar is null)
            {
                return Refuse(file, at.Outcome, at.Position, at.Message);
            }

            found.Add((change, at));
        }

        foreach (var (change, at) in found)
        {
            if ((Obstacle(at.Scalar!, change.Value) ?? Elsewhere(at, change.Value, found)) is { } obstacle)
            {
                return Refuse(file, ScalarEditOutcome.Unsupported, at.Position, $"{change.Path} {obstacle}");
            }
        }

        var edits = found
            .Where(one => one.At.Scalar!.Value != one.Change.Value || IsNull(one.At.Scalar))
            .DistinctBy(one => one.At.Scalar!.Number)
            .ToDictionary(one => one.At.Scalar!, one => one.Change.Value);
        var unchanged = new ScalarEditResult(ScalarEditOutcome.Unchanged, file, found[0].At.Scalar!.Value, found[0].At.Position, "");
        return edits.Count == 0 ? unchanged : Replace(file, yaml, edits, unchanged);
    }

    private static ScalarEditResult Replace(byte[] file, YamlFile yaml, Dictionary<YamlScalar, string> edits, ScalarEditResult unchanged)
    {
        var edited = file;

        // From the end, so that the places of what is still to be replaced hold.
        foreach (var (scalar, value) in edits.OrderByDescending(edit => edit.Key.EndOffset))
        {
            var start = scalar.ContentOffset;

            // An empty plain scalar stands right behind its colon or dash.
            var gap = start == scalar.EndOffset && start > 0 && !char.IsWhiteSpace(yaml.Text.Value[start - 1]) ? " " : "";
            edited = Splice(edited, yaml.Text.ByteOffset(start), yaml.Text.ByteOffset(scalar.EndOffset), gap + ScalarWriter.Write(value, scalar));
        }

        var values = edits.ToDictionary(edit => edit.Key.Number, edit => edit.Value);
        return YamlFile.TryParse(edited, out var after) is null
            && YamlComparison.DifferOnlyIn(yaml.Documents, after.Documents, values)
            && SecondReading.Agrees(yaml, after, values)
                ? unchanged with { Outcome = ScalarEditOutcome.Changed, Bytes = edited }
                : Refuse(file, ScalarEditOutcome.Unsupported, unchanged.Position, "the value cannot be written here without changing what surrounds it");
    }

    private static byte[] Splice(ReadOnlySpan<byte> file, int start, int end, string text) =>
        [.. file[..start], .. System.Text.Encoding.UTF8.GetBytes(text), .. file[end..]];

    /// <summary>Why a scalar cannot have a value; null when it can.</summary>
    private static string? Obstacle(YamlScalar scalar, string value) => scalar switch
    {
        { Tag: not (null or StringTag) } => $"has the tag {scalar.Tag}; only strings are edited",
        { Style: not (ScalarStyle.Literal or ScalarStyle.Folded) } => null,
        { Value: "" or [.., '\n'] } => "is a block scalar that is empty or ends in a line break; write it on one line, or with |- or >-",
        _ when !ScalarWriter.FitsBlockScalar(value) => "is a block scalar (| or >), in which the new value cannot stand; write it on one line first",
        _ => null,
    };

    /// <summary>Where else the scalar is used, through its anchor, without being given the same value; null when nowhere.</summary>
    private static string? Elsewhere(ScalarLookup at, string value, List<(ScalarChange Change, ScalarLookup At)> changes)
    {
        var same = changes.Where(one => ReferenceEquals(one.At.Scalar, at.Scalar)).ToList();
        if (same.FirstOrDefault(one => one.Change.Value != value).Change is { } other)
        {
            return $"and {other.Path} are one value through an anchor, and cannot differ; write them out";
        }

        return at.Document!.Aliases.Where(alias => ReferenceEquals(alias.Target, at.Scalar)).Prepend<YamlNode>(at.Scalar!)
            .FirstOrDefault(use => !same.Any(one => ReferenceEquals(one.At.Place, use))) is { } use
                ? $"is used elsewhere too, through the anchor &{at.Scalar!.Anchor} (line {use.Start.Line}); write the value out in one of the places"
                : null;
    }

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
