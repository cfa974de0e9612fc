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
