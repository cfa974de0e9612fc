using System.Globalization;
using FaceEdge.Deploy.Rehearsal.Syntax;

namespace FaceEdge.Deploy.Rehearsal.Schema;

/// <summary>What a node of an expanded pipeline may be.</summary>
internal abstract record Shape
{
    /// <summary>A value that holds a macro is known only when its job runs.</summary>
    private const string Macro = "$(";

    public static readonly Shape Any = new AnyShape();
    public static readonly Shape Text = new TextShape("a text", _ => true);
    public static readonly Shape Flag = new TextShape("true or false", value => bool.TryParse(value, out _));
    public static readonly Shape Texts = new ListShape(Text);
    public static readonly Shape Pairs = new PairsShape();

    public static readonly Shape Number =
        new TextShape("a whole number from 0", value => uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    /// <summary>A name that expressions can refer to: letters, digits and underscores, no digit in front.</summary>
    public static readonly Shape Name =
        new TextShape("a name of letters, digits and underscores that begins with no digit", value => value.Length > 0 && !char.IsAsciiDigit(value[0]) && value.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'));

    public abstract void Check(PipelineNode node, List<SchemaFinding> findings);

    public static Shape OneOf(params string[] values) =>
        new TextShape(string.Join(" or ", values), value => values.Contains(value, StringComparer.OrdinalIgnoreCase));

    protected static SchemaFinding Wrong(PipelineNode node, string expected) => new(node.Place, node switch
    {
        ScalarNode scalar => $"'{scalar.Value}' is not {expected}",
        SequenceNode => $"a list is not {expected}",
        _ => $"a mapping is not {expected}",
    });

    private sealed record AnyShape : Shape
    {
        public override void Check(PipelineNode node, List<SchemaFinding> findings)
        {
        }
    }

    private sealed record TextShape(string What, Predicate<string> IsAllowed) : Shape
    {
        public override void Check(PipelineNode node, List<SchemaFinding> findings)
        {
            if (node is not ScalarNode { Value: var text } || (!text.Contains(Macro, StringComparison.Ordinal) && !IsAllowed(text)))
            {
                findings.Add(Wrong(node, What));
            }
        }
    }

    private sealed record PairsShape : Shape
    {
        public override void Check(PipelineNode node, List<SchemaFinding> findings)
        {
            if (node is not MappingNode mapping)
            {
                findings.Add(Wrong(node, "a mapping of names to texts"));
                return;
            }

            foreach (var entry in mapping.Entries.Where(entry => entry.Value is not ScalarNode))
            {
                findings.Add(Wrong(entry.Value, "a text"));
            }
        }
    }
}

/// <summary>A list of one shape.</summary>
internal sealed record ListShape(Shape Item) : Shape
{
    public override void Check(PipelineNode node, List<SchemaFinding> findings)
    {
        if (node is not SequenceNode sequence)
        {
            findings.Add(Wrong(node, "a list"));
            return;
        }

        foreach (var item in sequence.Items)
        {
            Item.Check(item, findings);
        }
    }
}

/// <summary>A shape for each kind of node; null where that kind is not allowed.</summary>
internal sealed record EitherShape(string What, Shape? Scalar = null, Shape? Sequence = null, Shape? Mapping = null) : Shape
{
    public override void Check(PipelineNode node, List<SchemaFinding> findings)
    {
        var shape = node switch { ScalarNode => Scalar, SequenceNode => Sequence, _ => Mapping };
        if (shape is null)
        {
            findings.Add(Wrong(node, What));
        }
        else
        {
            shape.Check(node, findings);
        }
    }
}

/// <summary>A mapping with known keys.</summary>
/// <param name="What">As findings call it, such as "a stage".</param>
/// <param name="Keys">The shape of each key's value.</param>
internal sealed record MappingShape(string What, IReadOnlyDictionary<string, Shape> Keys) : Shape
{
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>The key that must stand first, as Azure Pipelines tells kinds of items by it; null where order is free.</summary>
    public string? First { get; init; }

    public override void Check(PipelineNode node, List<SchemaFinding> findings)
    {
        if (node is not MappingNode mapping)
        {
            findings.Add(Wrong(node, What));
            return;
        }

        if (First is not null && mapping.Entries is [var first, ..] && !first.Is(First))
        {
            findings.Add(new SchemaFinding(first.Key.Place, $"'{First}' must be the first key of {What}"));
        }

        foreach (var missing in Required.Where(key => mapping[key] is null))
        {
            findings.Add(new SchemaFinding(mapping.Place, $"{What} needs '{missing}'"));
        }

        foreach (var entry in mapping.Entries)
        {
            if (Keys.FirstOrDefault(key => entry.Is(key.Key)).Value is { } shape)
            {
                shape.Check(entry.Value, findings);
            }
            else
            {
                findings.Add(new SchemaFinding(entry.Key.Place, $"{What} has no key '{entry.Key.Value}'; known are {string.Join(", ", Keys.Keys)}"));
            }
        }
    }
}

/// <summary>An item whose first key says what it is.</summary>
internal sealed record KindShape(string What, IReadOnlyList<MappingShape> Kinds) : Shape
{
    public override void Check(PipelineNode node, List<SchemaFinding> findings)
    {
        if (node is not MappingNode { Entries: [var first, ..] })
        {
            findings.Add(Wrong(node, What));
        }
        else if (Kinds.FirstOrDefault(kind => first.Is(kind.First!)) is { } kind)
        {
            kind.Check(node, findings);
        }
        else
        {
            findings.Add(new SchemaFinding(first.Key.Place, $"{What} begins with {string.Join(", ", Kinds.Select(one => one.First))}, not with '{first.Key.Value}'"));
        }
    }
}
