using YamlDotNet.Core.Events;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>Compares parser events by what they mean and how they are written, not by where they stand.</summary>
internal static class EventComparison
{
    public static bool Same(ParsingEvent left, ParsingEvent right) => (left, right) switch
    {
        (Scalar a, Scalar b) => SameNode(a, b) && a.Value == b.Value && a.Style == b.Style,
        (MappingStart a, MappingStart b) => SameNode(a, b) && a.Style == b.Style,
        (SequenceStart a, SequenceStart b) => SameNode(a, b) && a.Style == b.Style,
        (AnchorAlias a, AnchorAlias b) => a.Value == b.Value,
        (DocumentStart a, DocumentStart b) => a.IsImplicit == b.IsImplicit,
        (DocumentEnd a, DocumentEnd b) => a.IsImplicit == b.IsImplicit,
        _ => left.GetType() == right.GetType(),
    };

    /// <summary>True when both are the same scalar except that the right one has the value and perhaps another style.</summary>
    public static bool SameScalarWithValue(ParsingEvent left, ParsingEvent right, string value) =>
        left is Scalar a && right is Scalar b && SameNode(a, b) && b.Value == value;

    private static bool SameNode(NodeEvent left, NodeEvent right) => left.Anchor == right.Anchor && left.Tag == right.Tag;
}
