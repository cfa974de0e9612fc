using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>
/// The path from a document's root to one node: keys joined by dots, <c>["key"]</c> for a key with dots in it,
/// <c>[0]</c> for an item by number and <c>[name=value]</c> for the one item that holds that value.
/// Example: <c>spec.template.spec.containers[name=face-detector].image</c>.
/// </summary>
public sealed partial class YamlPath
{
    private YamlPath(IReadOnlyList<YamlPathStep> steps) => Steps = steps;

    public IReadOnlyList<YamlPathStep> Steps { get; }

    /// <summary>Reads a path.</summary>
    /// <exception cref="FormatException">The text is not a path.</exception>
    public static YamlPath Parse(string text)
    {
        var steps = new List<YamlPathStep>();
        var at = 0;
        while (at < text.Length)
        {
            var match = StepPattern().Match(text, at);
            if (!match.Success || (at == 0 && match.Value[0] == '.') || (at > 0 && match.Groups["key"].Success && match.Value[0] != '.'))
            {
                throw new FormatException($"'{text}' is not a YAML path: unexpected '{text[at]}' at character {at + 1}");
            }

            steps.Add(StepOf(match));
            at += match.Length;
        }

        return steps.Count > 0 ? new YamlPath(steps) : throw new FormatException("a YAML path needs at least one key");
    }

    public static YamlPath Of(IReadOnlyList<YamlPathStep> steps) => new(steps);

    /// <summary>The path of keys alone, each taken as it is.</summary>
    public static YamlPath OfKeys(params IEnumerable<string> keys) => new([.. keys.Select(key => new YamlPathStep.Key(key))]);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var step in Steps)
        {
            text.Append(step is YamlPathStep.Key { IsPlain: true } && text.Length > 0 ? "." : "").Append(step);
        }

        return text.ToString();
    }

    private static YamlPathStep StepOf(Match match)
    {
        if (match.Groups["index"] is { Success: true } index)
        {
            return new YamlPathStep.Index(int.Parse(index.ValueSpan, CultureInfo.InvariantCulture));
        }

        return match.Groups["field"] is { Success: true } field
            ? new YamlPathStep.Match(field.Value, match.Groups["value"].Value)
            : new YamlPathStep.Key(match.Groups["quoted"] is { Success: true } quoted ? quoted.Value : match.Groups["key"].Value);
    }

    [GeneratedRegex("""\G(?:\.?(?<key>[^.\[\]="]+)|\["(?<quoted>[^"]*)"\]|\[(?<index>\d{1,6})\]|\[(?<field>[^=\]"]+)=(?<value>[^\]]*)\])""")]
    private static partial Regex StepPattern();
}

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
