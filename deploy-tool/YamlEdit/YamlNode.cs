using YamlDotNet.Core;

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

    /// <summary>The entries of the mapping that plain keys lead to; empty when there is no mapping.</summary>
    public IReadOnlyList<YamlEntry> EntriesAt(params ReadOnlySpan<string> keys) => At(keys) is YamlMapping mapping ? mapping.Entries : [];
}

/// <summary>A scalar. <paramref name="EndOffset"/> is one past its last character; <paramref name="EventIndex"/> counts in <see cref="YamlFile.Events"/>.</summary>
public sealed record YamlScalar(SourcePosition Start, string? Anchor, string? Tag, string Value, ScalarStyle Style, int EndOffset, int EventIndex)
    : YamlNode(Start, Anchor, Tag);

/// <summary>A sequence, in file order.</summary>
public sealed record YamlSequence(SourcePosition Start, string? Anchor, string? Tag, bool Flow, IReadOnlyList<YamlNode> Items)
    : YamlNode(Start, Anchor, Tag);

/// <summary>A mapping, in file order. Duplicate keys are kept, so that callers can refuse them by name.</summary>
public sealed record YamlMapping(SourcePosition Start, string? Anchor, string? Tag, bool Flow, IReadOnlyList<YamlEntry> Entries)
    : YamlNode(Start, Anchor, Tag)
{
    /// <summary>The value of the first entry with this key, aliases followed; null when there is none.</summary>
    public YamlNode? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
            {
                if (entry.HasKey(key))
                {
                    return entry.Value.Resolved;
                }
            }

            return null;
        }
    }
}

/// <summary>One entry of a mapping.</summary>
public sealed record YamlEntry(YamlNode Key, YamlNode Value)
{
    /// <summary>The key as text; null when the key is not a scalar.</summary>
    public string? Name => (Key.Resolved as YamlScalar)?.Value;

    public bool HasKey(string key) => string.Equals(Name, key, StringComparison.Ordinal);
}

/// <summary>A use of an anchor (<c>*name</c>).</summary>
public sealed record YamlAlias(SourcePosition Start, string Name, YamlNode Target) : YamlNode(Start, null, null)
{
    public override YamlNode Resolved => Target;
}
