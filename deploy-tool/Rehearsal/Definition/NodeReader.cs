using System.Globalization;
using FaceEdge.Deploy.Rehearsal.Syntax;

namespace FaceEdge.Deploy.Rehearsal.Definition;

/// <summary>Reads a mapping strictly: a key that nobody asks for is a fault with its place.</summary>
internal sealed class NodeReader
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly MappingNode _node;
    private readonly string _what;

    public NodeReader(PipelineNode node, string what)
    {
        _node = node as MappingNode ?? throw node.Place.Fault($"{what} must be a mapping");
        _what = what;
    }

    public Place Place => _node.Place;

    public bool Has(string key) => Node(key) is not null;

    public PipelineNode? Node(string key)
    {
        _known.Add(key);
        return _node[key];
    }

    /// <summary>Keys that a rehearsal needs not to know anything of.</summary>
    public NodeReader Ignore(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            _known.Add(key);
        }

        return this;
    }

    public string? Text(string key) => Node(key) switch
    {
        null => null,
        ScalarNode scalar => scalar.Value,
        { } other => throw other.Place.Fault($"'{key}' must be a text"),
    };

    public string RequiredText(string key) => Text(key) is { Length: > 0 } text ? text : throw Place.Fault($"{_what} needs '{key}'");

    public bool Flag(string key, bool otherwise = false) => Text(key) switch
    {
        null or "" => otherwise,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw Node(key)!.Place.Fault($"'{key}' is '{text}'; it must be true or false"),
    };

    public int Number(string key, int otherwise) => Text(key) switch
    {
        null or "" => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw Node(key)!.Place.Fault($"'{key}' is '{text}'; it must be a whole number"),
    };

    public ConditionDefinition? Condition() => Text("condition") is { Length: > 0 } text ? new ConditionDefinition(Node("condition")!.Place, text) : null;

    /// <summary>Items of a list; empty when absent. One text counts as a list of one.</summary>
    public IReadOnlyList<PipelineNode> Items(string key) => Node(key) switch
    {
        null or ScalarNode { Value: "" } => [],
        ScalarNode scalar => [scalar],
        SequenceNode sequence => sequence.Items,
        { } other => throw other.Place.Fault($"'{key}' must be a list"),
    };

    public IReadOnlyList<string> Texts(string key) =>
        [.. Items(key).Select(item => item is ScalarNode scalar ? scalar.Value : throw item.Place.Fault($"'{key}' must be a list of texts"))];

    /// <summary>Texts by name; empty when absent.</summary>
    public IReadOnlyDictionary<string, string> Map(string key)
    {
        var map = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in Node(key) switch
        {
            null or ScalarNode { Value: "" } => [],
            MappingNode mapping => mapping.Entries,
            { } other => throw other.Place.Fault($"'{key}' must be a mapping"),
        })
        {
            map[entry.Key.Value] = entry.Value is ScalarNode scalar ? scalar.Value : throw entry.Value.Place.Fault($"'{entry.Key.Value}' must be a text");
        }

        return map;
    }

    /// <summary>Refuses what nobody asked for.</summary>
    public void Finish()
    {
        var unknown = _node.Entries.FirstOrDefault(entry => !_known.Contains(entry.Key.Value));
        if (unknown is not null)
        {
            throw unknown.Key.Place.Fault($"{_what} has no '{unknown.Key.Value}' that a rehearsal knows; known are {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
        }
    }
}
