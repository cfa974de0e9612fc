using YamlDotNet.Core;

namespace FaceEdge.Deploy.Yaml;

/// <summary>A node of a YAML document together with where it was written.</summary>
/// <param name="Start">First character of the node, its anchor and tag included.</param>
/// <param name="Anchor">Name after <c>&amp;</c>; null when the node has none.</param>
/// <param name="Tag">Explicit tag, such as <c>tag:yaml.org,2002:str</c>; null when the node has none.</param>
internal abstract record YamlNode(SourcePosition Start, string? Anchor, string? Tag)
{
    /// <summary>The node itself, or what it stands for when it is an alias.</summary>
    public virtual YamlNode Resolved => this;
}

/// <summary>A scalar. <paramref name="EndOffset"/> is one past its last character; <paramref name="EventIndex"/> counts in <see cref="YamlFile.Events"/>.</summary>
internal sealed record YamlScalar(SourcePosition Start, string? Anchor, string? Tag, string Value, ScalarStyle Style, int EndOffset, int EventIndex)
    : YamlNode(Start, Anchor, Tag);

/// <summary>A sequence, in file order.</summary>
internal sealed record YamlSequence(SourcePosition Start, string? Anchor, string? Tag, bool Flow, IReadOnlyList<YamlNode> Items)
    : YamlNode(Start, Anchor, Tag);

/// <summary>A mapping, in file order. Duplicate keys are kept, so that callers can refuse them by name.</summary>
internal sealed record YamlMapping(SourcePosition Start, string? Anchor, string? Tag, bool Flow, IReadOnlyList<YamlEntry> Entries)
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
internal sealed record YamlEntry(YamlNode Key, YamlNode Value)
{
    /// <summary>The key as text; null when the key is not a scalar.</summary>
    public string? Name => (Key.Resolved as YamlScalar)?.Value;

    public bool HasKey(string key) => string.Equals(Name, key, StringComparison.Ordinal);
}

/// <summary>A use of an anchor (<c>*name</c>).</summary>
internal sealed record YamlAlias(SourcePosition Start, string Name, YamlNode Target) : YamlNode(Start, null, null)
{
    public override YamlNode Resolved => Target;
}
