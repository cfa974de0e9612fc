namespace FaceEdge.Deploy.YamlEdit;

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

    /// <summary>More than one document or node answers.</summary>
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
