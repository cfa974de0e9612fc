namespace FaceEdge.Deploy.YamlEdit;

/// <summary>
/// Changes one scalar of a YAML file and no other byte: comments, blank lines, indents, line ends, quoting, a byte order mark and the
/// other documents stay. The parser gives the place; the result is parsed again, by YamlDotNet too, and must be the same stream but for that scalar.
/// </summary>
public static class ScalarEdit
{
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
    public static ScalarEditResult SetAll(byte[] file, YamlFile yaml, IReadOnlyList<ScalarChange> changes) =>
        PreparedEdit.TryPrepare(file, yaml, [.. changes.Select(change => change.Place)], out var edit) ?? edit.Write([.. changes.Select(change => change.Value)]);

    internal static ScalarEditResult Refuse(byte[] file, ScalarEditOutcome outcome, SourcePosition position, string message) =>
        new(outcome, file, null, position, message);
}

/// <summary>A scalar, or one value of the JSON that a scalar holds.</summary>
/// <param name="Document">Which document of the stream.</param>
/// <param name="Path">Which scalar of the document.</param>
/// <param name="Member">Which value of the JSON that the scalar holds; null for the whole scalar.</param>
public sealed record ScalarPlace(DocumentSelector Document, YamlPath Path, YamlPath? Member = null)
{
    public override string ToString() => Member is null ? $"{Document} {Path}" : $"{Document} {Path} {Member}";
}

/// <summary>A scalar and the value that it is to have.</summary>
public sealed record ScalarChange(DocumentSelector Document, YamlPath Path, string Value)
{
    internal ScalarPlace Place => new(Document, Path);
}

/// <summary>What became of an edit.</summary>
public enum ScalarEditOutcome
{
    /// <summary>The scalar has the new value; every other byte is as it was.</summary>
    Changed,

    /// <summary>The scalar had that value already; the bytes are those given.</summary>
    Unchanged,

    /// <summary>The file is not a YAML stream.</summary>
    InvalidYaml,

    /// <summary>No document, or nothing at the path.</summary>
    Absent,

    /// <summary>More than one document or node matches.</summary>
    Ambiguous,

    /// <summary>
    /// The node is not a scalar that can change alone: a mapping, a block scalar that ends in a line break, a value that is used elsewhere
    /// through an anchor too, or one of another tag.
    /// </summary>
    Unsupported,
}

/// <summary>The result of <see cref="ScalarEdit"/> and <see cref="EntryAddition"/>.</summary>
/// <param name="Outcome">What became of the edit.</param>
/// <param name="Bytes">The file after the edit; the bytes given when nothing changed or the edit was refused.</param>
/// <param name="OldValue">The value that was there; null when there was none, or the edit was refused.</param>
/// <param name="Position">Where the scalar stands, or where the reason for the refusal is.</param>
/// <param name="Message">Why the edit was refused, in one line; empty otherwise.</param>
public sealed record ScalarEditResult(ScalarEditOutcome Outcome, byte[] Bytes, string? OldValue, SourcePosition Position, string Message)
{
    /// <summary>True when the file now holds the value asked for.</summary>
    public bool Succeeded => Outcome is ScalarEditOutcome.Changed or ScalarEditOutcome.Unchanged;
}
