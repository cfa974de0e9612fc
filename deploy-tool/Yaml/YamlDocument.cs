namespace FaceEdge.Deploy.Yaml;

/// <summary>One document of a stream.</summary>
/// <param name="Start">Where the document begins.</param>
/// <param name="Root">The document's node; an empty document has an empty plain scalar.</param>
/// <param name="AliasedAnchors">Every anchor of the document that some alias refers to.</param>
internal sealed record YamlDocument(SourcePosition Start, YamlNode Root, IReadOnlySet<string> AliasedAnchors)
{
    /// <summary>The node that plain keys lead to, such as <c>At("metadata", "name")</c>; null when there is none.</summary>
    public YamlNode? At(params ReadOnlySpan<string> keys)
    {
        var node = Root;
        foreach (var key in keys)
        {
            if ((node as YamlMapping)?[key] is not { } next)
            {
                return null;
            }

            node = next;
        }

        return node;
    }

    /// <summary>The text of the scalar that plain keys lead to; null when there is no scalar.</summary>
    public string? Text(params ReadOnlySpan<string> keys) => (At(keys) as YamlScalar)?.Value;
}
