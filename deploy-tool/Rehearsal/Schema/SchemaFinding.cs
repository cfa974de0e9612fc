using FaceEdge.Deploy.Rehearsal.Definition;

namespace FaceEdge.Deploy.Rehearsal.Schema;

/// <summary>Something that Azure Pipelines would refuse, or that would not do what it says.</summary>
internal sealed record SchemaFinding(Place Place, string Message)
{
    public override string ToString() => $"{Place}: {Message}";
}
