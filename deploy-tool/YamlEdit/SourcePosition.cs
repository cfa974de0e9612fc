namespace FaceEdge.Deploy.YamlEdit;

/// <summary>A place in a text file, as an editor shows it.</summary>
/// <param name="Offset">UTF-16 code units from the start of the text, the byte order mark not counted.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in UTF-16 code units, from 1.</param>
public readonly record struct SourcePosition(int Offset, int Line, int Column)
{
    public override string ToString() => $"{Line}:{Column}";
}
