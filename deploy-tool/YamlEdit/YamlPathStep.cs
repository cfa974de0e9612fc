using System.Globalization;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>One step of a <see cref="YamlPath"/>.</summary>
public abstract record YamlPathStep
{
    /// <summary>The nodes that this step leads to: none when absent, more than one when the step is ambiguous.</summary>
    public abstract IEnumerable<YamlNode> From(YamlNode node);

    /// <summary>Into a mapping by key.</summary>
    public sealed record Key(string Name) : YamlPathStep
    {
        public bool IsPlain => Name.Length > 0 && Name.AsSpan().IndexOfAny(".[]=\"") < 0;

        public override IEnumerable<YamlNode> From(YamlNode node) =>
            node is YamlMapping mapping ? mapping.Entries.Where(entry => entry.HasKey(Name)).Select(entry => entry.Value) : [];

        public override string ToString() => IsPlain ? Name : $"[\"{Name}\"]";
    }

    /// <summary>Into a sequence by number, from 0.</summary>
    public sealed record Index(int Number) : YamlPathStep
    {
        public override IEnumerable<YamlNode> From(YamlNode node) =>
            node is YamlSequence sequence && Number < sequence.Items.Count ? [sequence.Items[Number]] : [];

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Number}]");
    }

    /// <summary>Into a sequence of mappings by the value of one of their keys.</summary>
    public sealed record Match(string Field, string Value) : YamlPathStep
    {
        public override IEnumerable<YamlNode> From(YamlNode node) =>
            node is YamlSequence sequence ? sequence.Items.Where(Holds) : [];

        public override string ToString() => $"[{Field}={Value}]";

        private bool Holds(YamlNode item) =>
            item.Resolved is YamlMapping mapping && mapping[Field] is YamlScalar scalar && scalar.Value == Value;
    }
}
