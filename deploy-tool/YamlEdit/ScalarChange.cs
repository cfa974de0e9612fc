namespace FaceEdge.Deploy.YamlEdit;

/// <summary>A scalar and the value that it is to have.</summary>
public sealed record ScalarChange(DocumentSelector Document, YamlPath Path, string Value);
