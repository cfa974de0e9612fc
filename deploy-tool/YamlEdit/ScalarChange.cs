namespace FaceEdge.Deploy.YamlEdit;

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
