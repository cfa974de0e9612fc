using YamlDotNet.Core.Events;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>Builds node trees from parser events without recursion, so that no input can exhaust the stack.</summary>
internal sealed class YamlTreeBuilder
{
    /// <summary>Deeper nesting than any manifest has; what walks the tree may recurse this far.</summary>
    public const int MaximumDepth = 100;

    private readonly Stack<Open> _open = new();
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private readonly List<YamlDocument> _documents = [];
    private HashSet<string> _aliased = [];
    private SourcePosition _documentStart;

    public IReadOnlyList<YamlDocument> Documents => _documents;

    /// <summary>Takes all events of a stream in order.</summary>
    public YamlFault? Build(IReadOnlyList<ParsingEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (Take(events[i], i) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private YamlFault? Take(ParsingEvent parsed, int index)
    {
        var start = YamlFile.PositionOf(parsed.Start);
        switch (parsed)
        {
            case DocumentStart:
                _documentStart = start;
                _anchors.Clear();
                _aliased = [];
                return null;
            case Scalar scalar:
                Add(new YamlScalar(start, Anchor(scalar), Tag(scalar), scalar.Value, scalar.Style, (int)scalar.End.Index, index));
                return null;
            case AnchorAlias alias when _anchors.TryGetValue(alias.Value.Value, out var target):
                _aliased.Add(alias.Value.Value);
                Add(new YamlAlias(start, alias.Value.Value, target));
                return null;
            case AnchorAlias alias:
                return new YamlFault(start, $"alias *{alias.Value.Value} names no anchor above it");
            case MappingStart or SequenceStart when _open.Count == MaximumDepth:
                return new YamlFault(start, $"nested deeper than {MaximumDepth} levels");
            case MappingStart or SequenceStart:
                _open.Push(new Open((NodeEvent)parsed, start, []));
                return null;
            case MappingEnd or SequenceEnd:
                Add(Close(_open.Pop()));
                return null;
            default:
                return null;
        }
    }

    private void Add(YamlNode node)
    {
        if (node.Anchor is { } anchor)
        {
            _anchors[anchor] = node;
        }

        if (_open.TryPeek(out var parent))
        {
            parent.Children.Add(node);
        }
        else
        {
            _documents.Add(new YamlDocument(_documentStart, node, _aliased));
        }
    }

    private static YamlNode Close(Open open)
    {
        if (open.Begin is SequenceStart sequence)
        {
            return new YamlSequence(open.Start, Anchor(sequence), Tag(sequence), sequence.Style == SequenceStyle.Flow, open.Children);
        }

        var mapping = (MappingStart)open.Begin;
        var entries = new YamlEntry[open.Children.Count / 2];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = new YamlEntry(open.Children[2 * i], open.Children[(2 * i) + 1]);
        }

        return new YamlMapping(open.Start, Anchor(mapping), Tag(mapping), mapping.Style == MappingStyle.Flow, entries);
    }

    private static string? Anchor(NodeEvent node) => node.Anchor.IsEmpty ? null : node.Anchor.Value;

    private static string? Tag(NodeEvent node) => node.Tag.IsEmpty ? null : node.Tag.Value;

    private sealed record Open(NodeEvent Begin, SourcePosition Start, List<YamlNode> Children);
}
