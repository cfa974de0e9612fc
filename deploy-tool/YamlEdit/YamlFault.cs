namespace FaceEdge.Deploy.Yaml;

/// <summary>Why a file is not a YAML stream, and where.</summary>
internal sealed record YamlFault(SourcePosition Position, string Message)
{
    public override string ToString() => $"{Position}: {Message}";
}
