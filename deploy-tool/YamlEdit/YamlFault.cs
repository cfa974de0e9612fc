namespace FaceEdge.Deploy.YamlEdit;

/// <summary>Why a file is not a YAML stream, and where.</summary>
public sealed record YamlFault(SourcePosition Position, string Message)
{
    public override string ToString() => $"{Position}: {Message}";
}
