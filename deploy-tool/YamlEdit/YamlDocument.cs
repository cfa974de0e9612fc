namespace FaceEdge.Deploy.YamlEdit;

/// <summary>One document of a stream.</summary>
/// <param name="Start">Where the document begins.</param>
/// <param name="Root">The document's node; an empty document has an empty plain scalar.</param>
/// <param name="Aliases">Every alias of the document, in file order.</param>
public sealed record YamlDocument(SourcePosition Start, YamlNode Root, IReadOnlyList<YamlAlias> Aliases);
