namespace FaceEdge.Deploy.YamlEdit;

/// <summary>A node of a YAML document together with where it was written.</summary>
/// <param name="Start">First character of the node, its anchor and tag included.</param>
/// <param name="Anchor">Name after <c>&amp;</c>; null when the node has none.</param>
/// <param name="Tag">Explicit tag, such as <c>tag:yaml.org,2002:str</c>; null when the node has none.</param>
public abstract record YamlNode(SourcePosition Start, string? Anchor, string? Tag)
{
    /// <summary>The node itself, or what it stands for when it is an alias.</summary>
    public virtual YamlNode Resolved => this;

    /// <summary>The node that plain keys lead to, such as <c>At("metadata", "name")</c>, aliases followed; null when there is none.</summary>
    public YamlNode? At(params ReadOnlySpan<string> keys)
    {
        var node = Resolved;
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

    /// <summary>The items of the sequence that plain keys lead to, aliases followed; empty when there is no sequence.</summary>
    public IEnumerable<YamlNode> ItemsAt(params ReadOnlySpan<string> keys) =>
        At(keys) is YamlSequence sequence ? sequence.Items.Select(item => item.Resolved) : [];

    /// <summary>The entries of the mapping that plain keys lead to, those of merge keys too; empty when there is no mapping.</summary>
    public IReadOnlyList<YamlEntry> EntriesAt(params ReadOnlySpan<string> keys) => At(keys) is YamlMapping mapping ? mapping.Merged : [];
}

/// <summary>How a scalar is written.</summary>
public enum ScalarStyle
{
    Plain,
    SingleQuoted,
    DoubleQuoted,

    /// <summary>A block scalar that keeps its line ends (|).</summary>
    Literal,

    /// <summary>A block scalar whose line ends are blanks (>).</summary>
    Folded,
}

/// <summary>A scalar.</summary>
/// <param name="Start">First character of the node, its anchor and tag included.</param>
/// <param name="Anchor">Name after <c>&amp;</c>; null when the node has none.</param>
/// <param name="Tag">Explicit tag; null when the node has none.</param>
/// <param name="Value">What the scalar means.</param>
/// <param name="Style">How it is written.</param>
/// <param name="ContentOffset">
/// First character of what is written, behind anchor and tag: the quote of a quoted scalar, the first character of a block scalar's text.
/// </param>
/// <param name="EndOffset">One past its last character; of a block scalar, one past its last line's text.</param>
/// <param name="Number">Its number among the scalars of the stream, keys and empty ones counted, in file order.</param>
public sealed record YamlScalar(
    SourcePosition Start, string? Anchor, string? Tag, string Value, ScalarStyle Style, int ContentOffset, int EndOffset, int Number)
    : YamlNode(Start, Anchor, Tag);

/// <summary>A sequence, in file order.</summary>
public sealed record YamlSequence(SourcePosition Start, string? Anchor, string? Tag, bool Flow, IReadOnlyList<YamlNode> Items)
    : YamlNode(Start, Anchor, Tag);

/// <summary>A mapping, in file order. Duplicate keys are kept, so that callers can refuse them by name.</summary>
public sealed record YamlMapping(SourcePosition Start, string? Anchor, string? Tag, bool Flow, IReadOnlyList<YamlEntry> Entries)
    : YamlNode(Start, Anchor, Tag)
{
    /// <summary>
    /// The entries as Kubernetes reads them: a merge key (<c>&lt;&lt;</c>) stands for the entries of the mappings that are its value, except
    /// those whose keys are there already.
    /// </summary>
    public IReadOnlyList<YamlEntry> Merged
    {
        get
        {
            if (!Entries.Any(entry => entry.IsMerge))
            {
                return Entries;
            }

            var entries = new List<YamlEntry>();
            Merge(entries, new HashSet<string>(StringComparer.Ordinal), new HashSet<YamlNode>(ReferenceEqualityComparer.Instance));
            return entries;
        }
    }

    /// <summary>The value of the first entry with this key, aliases and merge keys followed; null when there is none.</summary>
    public YamlNode? this[string key]
    {
        get
        {
            var merges = false;
            foreach (var entry in Entries)
            {
                if (entry.HasKey(key))
                {
                    return entry.Value.Resolved;
                }

                merges |= entry.IsMerge;
            }

            return merges ? Merged.FirstOrDefault(entry => entry.HasKey(key))?.Value.Resolved : null;
        }
    }

    /// <summary>Takes each mapping once, so that merges of merges cannot grow without end.</summary>
    private void Merge(List<YamlEntry> entries, HashSet<string> keys, HashSet<YamlNode> seen)
    {
        if (!seen.Add(this))
        {
            return;
        }

        var own = Entries.Where(entry => !entry.IsMerge && (entry.Name is null || !keys.Contains(entry.Name))).ToList();
        entries.AddRange(own);
        keys.UnionWith(own.Select(entry => entry.Name).OfType<string>());
        foreach (var source in Entries.Where(entry => entry.IsMerge).Select(entry => entry.Value.Resolved))
        {
            foreach (var mapping in (source is YamlSequence list ? list.Items : [source]).Select(one => one.Resolved).OfType<YamlMapping>())
            {
                mapping.Merge(entries, keys, seen);
            }
        }
    }
}

/// <summary>One entry of a mapping.</summary>
public sealed record YamlEntry(YamlNode Key, YamlNode Value)
{
    /// <summary>The key as text; null when the key is not a scalar.</summary>
    public string? Name => (Key.Resolved as YamlScalar)?.Value;

    /// <summary>Whether this is a merge key, whose value is a mapping or a list of mappings.</summary>
    public bool IsMerge => Key is YamlScalar { Value: "<<", Style: ScalarStyle.Plain }
        && (Value.Resolved is YamlMapping || (Value.Resolved is YamlSequence list && list.Items.All(item => item.Resolved is YamlMapping)));

    public bool HasKey(string key) => string.Equals(Name, key, StringComparison.Ordinal);
}

/// <summary>A use of an anchor (<c>*name</c>).</summary>
public sealed record YamlAlias(SourcePosition Start, string Name, YamlNode Target) : YamlNode(Start, null, null)
{
    public override YamlNode Resolved => Target;
}
