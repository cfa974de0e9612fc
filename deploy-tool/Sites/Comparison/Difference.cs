using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Comparison;

/// <summary>One value in which two sites differ.</summary>
/// <param name="Object">The object that holds it.</param>
/// <param name="Path">Where in the object; null when one site lacks the object.</param>
/// <param name="From">The value in the first site; null when it has none.</param>
/// <param name="To">The value in the second site; null when it has none.</param>
/// <param name="TouchesHost">True when carrying the difference over may restart the host or put it into maintenance mode.</param>
internal sealed record Difference(DocumentSelector Object, YamlPath? Path, PlacedValue? From, PlacedValue? To, bool TouchesHost);

/// <summary>A value and where it stands.</summary>
/// <param name="Text">As YAML means it, a text that would read as something else in quotes.</param>
/// <param name="File">Path from the sites folder.</param>
/// <param name="Position">Where in the file.</param>
internal sealed record PlacedValue(string Text, string File, SourcePosition Position);
