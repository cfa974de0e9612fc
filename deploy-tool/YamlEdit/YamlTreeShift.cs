namespace FaceEdge.Deploy.YamlEdit;

/// <summary>
/// Copies a pattern's trees with other values. Each of those ends its line, so that lines and columns stay and offsets behind it move;
/// nodes that stay as they are belong to both trees.
/// </summary>
internal sealed class YamlTreeShift(List<OtherValue> values)
{
    private int _next;
    private int _delta;

    /// <summary>Copies the documents, which are walked in the order of the file.</summary>
    public IReadOnlyList<YamlDocument> Apply(IReadOnlyList<YamlDocument> documents) =>
        values.Count == 0 ? documents : [.. documents.Select(one => new YamlDocument(Shift(one.Start), Copy(one.Root), one.AliasedAnchors))];

    private YamlNode Copy(YamlNode node) => node switch
    {
        YamlScalar scalar => Copy(scalar),
        YamlSequence sequence => Copy(sequence),
        YamlMapping mapping => Copy(mapping),
        _ => throw new InvalidOperationException($"a pattern holds no {node.GetType().Name}"),
    };

    private YamlScalar Copy(YamlScalar scalar)
    {
        var start = Shift(scalar.Start);
        return _next < values.Count && values[_next].EventIndex == scalar.EventIndex
            ? scalar with { Start = start, EndOffset = values[_next].NewEnd, Value = values[_next].Text }
            : _delta == 0 ? scalar : scalar with { Start = start, EndOffset = scalar.EndOffset + _delta };
    }

    private YamlSequence Copy(YamlSequence sequence)
    {
        var start = Shift(sequence.Start);
        YamlNode[]? items = null;
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            var item = Copy(sequence.Items[i]);
            if (!ReferenceEquals(item, sequence.Items[i]))
            {
                items ??= [.. sequence.Items];
                items[i] = item;
            }
        }

        return items is null && start == sequence.Start ? sequence : sequence with { Start = start, Items = items ?? sequence.Items };
    }

    private YamlMapping Copy(YamlMapping mapping)
    {
        var start = Shift(mapping.Start);
        YamlEntry[]? entries = null;
        for (var i = 0; i < mapping.Entries.Count; i++)
        {
            var entry = mapping.Entries[i];
            var (key, value) = (Copy(entry.Key), Copy(entry.Value));
            if (!ReferenceEquals(key, entry.Key) || !ReferenceEquals(value, entry.Value))
            {
                entries ??= [.. mapping.Entries];
                entries[i] = new YamlEntry(key, value);
            }
        }

        return entries is null && start == mapping.Start ? mapping : mapping with { Start = start, Entries = entries ?? mapping.Entries };
    }

    private SourcePosition Shift(SourcePosition position)
    {
        while (_next < values.Count && values[_next].Start < position.Offset)
        {
            _delta = values[_next].NewEnd - values[_next].End;
            _next++;
        }

        return position with { Offset = position.Offset + _delta };
    }
}
