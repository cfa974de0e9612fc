using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>What is wrong with the template or the inventory, where, and what to do.</summary>
/// <param name="File">Path from the sites folder, with forward slashes.</param>
/// <param name="Position">Where in the file.</param>
/// <param name="Message">What is wrong, in one line.</param>
/// <param name="Remedy">What to do, in one line.</param>
internal sealed record SourceFault(string File, SourcePosition Position, string Message, string Remedy)
{
    public SitesException ToException() => new($"{DesiredState.SitesFolder}/{File}:{Position}: {Message}", Remedy);
}
