namespace FaceEdge.Deploy.Yaml;

/// <summary>A scalar and the value that it is to have.</summary>
internal sealed record ScalarChange(DocumentSelector Document, YamlPath Path, string Value);
