using System.Text;
using FaceEdge.Deploy.YamlEdit;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using ScalarStyle = FaceEdge.Deploy.YamlEdit.ScalarStyle;

namespace FaceEdge.Deploy.Tests.YamlEdit;

/// <summary>
/// What a stream means and how it is written, a document a line: <c>{:plain 'single, "double [|literal >folded], &amp;a *a !tag}</c>, each
/// text behind the sign of its style. Ours and YamlDotNet's reading give the same notation where they agree.
/// </summary>
internal static class YamlNotation
{
    public static string Of(IReadOnlyList<YamlDocument> documents) => string.Join('\n', documents.Select(document => Of(document.Root)));

    /// <summary>The same as YamlDotNet's parser reads it; its exceptions pass.</summary>
    public static string OfYamlDotNet(string text)
    {
        var parser = new Parser(new StringReader(text));
        var documents = new List<string>();
        parser.Consume<StreamStart>();
        while (parser.TryConsume<DocumentStart>(out _))
        {
            documents.Add(Node(parser));
            parser.Consume<DocumentEnd>();
        }

        return string.Join('\n', documents);
    }

    private static string Of(YamlNode node) => Properties(node.Anchor, node.Tag) + node switch
    {
        YamlAlias alias => $"*{alias.Name}",
        YamlSequence sequence => List(sequence.Flow, sequence.Items.Select(Of)),
        YamlMapping mapping => Map(mapping.Flow, mapping.Entries.Select(entry => $"{Of(entry.Key)} {Of(entry.Value)}")),
        YamlScalar scalar => Text((int)scalar.Style, scalar.Value),
        _ => throw new InvalidOperationException(),
    };

    private static string Node(Parser parser)
    {
        switch (parser.Consume<ParsingEvent>())
        {
            case AnchorAlias alias:
                return $"*{alias.Value.Value}";
            case Scalar scalar:
                var style = scalar.Style switch
                {
                    YamlDotNet.Core.ScalarStyle.SingleQuoted => ScalarStyle.SingleQuoted,
                    YamlDotNet.Core.ScalarStyle.DoubleQuoted => ScalarStyle.DoubleQuoted,
                    YamlDotNet.Core.ScalarStyle.Literal => ScalarStyle.Literal,
                    YamlDotNet.Core.ScalarStyle.Folded => ScalarStyle.Folded,
                    _ => ScalarStyle.Plain,
                };
                return Properties(scalar) + Text((int)style, scalar.Value);
            case SequenceStart sequence:
                var items = new List<string>();
                while (!parser.TryConsume<SequenceEnd>(out _))
                {
                    items.Add(Node(parser));
                }

                return Properties(sequence) + List(sequence.Style == SequenceStyle.Flow, items);
            case MappingStart mapping:
                var entries = new List<string>();
                while (!parser.TryConsume<MappingEnd>(out _))
                {
                    entries.Add($"{Node(parser)} {Node(parser)}");
                }

                return Properties(mapping) + Map(mapping.Style == MappingStyle.Flow, entries);
            default:
                throw new InvalidOperationException();
        }
    }

    private static string Properties(NodeEvent node) =>
        Properties(node.Anchor.IsEmpty ? null : node.Anchor.Value, node.Tag.IsEmpty ? null : node.Tag.Value);

    private static string Properties(string? anchor, string? tag) => (anchor is null ? "" : $"&{anchor} ") + (tag is null ? "" : $"!<{tag}> ");

    /// <summary>Flow collections in brackets, block collections in doubled ones.</summary>
    private static string List(bool flow, IEnumerable<string> items) => $"{(flow ? "[" : "[[")}{string.Join(", ", items)}{(flow ? "]" : "]]")}";

    private static string Map(bool flow, IEnumerable<string> entries) => $"{(flow ? "{" : "{{")}{string.Join(", ", entries)}{(flow ? "}" : "}}")}";

    private static string Text(int style, string value)
    {
        var text = new StringBuilder().Append(":'\"|>"[style]);
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\t' => text.Append("\\t"),
                < ' ' or (>= '\u007F' and < '\u00A1') or (>= '\u2028' and <= '\u2029') => text.Append($"\\u{(int)c:X4}"),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }
}
