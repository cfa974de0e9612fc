using System.Buffers;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>
/// A parsed file as the pattern of others. A text that is the same but for some values, each alone at the end of its line and harmless
/// in both, has the same events but for those values. The tests hold this rule against the parser.
/// </summary>
internal sealed class YamlPattern
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create('\n', '\r');

    /// <summary>What means something to YAML somewhere within a line, beside a colon and a hash.</summary>
    private static readonly SearchValues<char> Special = SearchValues.Create("'\"\\[]{},");

    private readonly YamlFile _file;
    private readonly List<Gap> _gaps;

    private YamlPattern(YamlFile file, List<Gap> gaps)
    {
        _file = file;
        _gaps = gaps;
    }

    /// <summary>The pattern of a file; null when it holds aliases, since what they stand for is elsewhere.</summary>
    public static YamlPattern? Of(YamlFile file)
    {
        if (file.Events.Any(one => one is AnchorAlias))
        {
            return null;
        }

        var gaps = new List<Gap>();
        foreach (var document in file.Documents)
        {
            Collect(document.Root, file.Text.Value, gaps);
        }

        return new YamlPattern(file, gaps);
    }

    /// <summary>The text read as the pattern is; null when it is not like it.</summary>
    public YamlFile? Read(YamlText text) => Match(text.Value) is { } values
        ? YamlFile.Like(text, Events(values), new YamlTreeShift(values).Apply(_file.Documents))
        : null;

    /// <summary>The text's events; null when it is not like the pattern. Their places are the pattern's.</summary>
    public IReadOnlyList<ParsingEvent>? ReadEvents(YamlText text) => Match(text.Value) is { } values ? Events(values) : null;

    private ParsingEvent[] Events(List<OtherValue> values)
    {
        ParsingEvent[] events = [.. _file.Events];
        foreach (var value in values)
        {
            var old = (Scalar)events[value.EventIndex];
            events[value.EventIndex] = new Scalar(
                old.Anchor, old.Tag, value.Text, old.Style, old.IsPlainImplicit, old.IsQuotedImplicit, old.Start, old.End, old.IsKey);
        }

        return events;
    }

    private List<OtherValue>? Match(ReadOnlySpan<char> text)
    {
        var values = new List<OtherValue>();
        var pattern = _file.Text.Value.AsSpan();
        var (here, there) = (0, 0);
        foreach (var gap in _gaps)
        {
            var between = pattern[here..gap.Start];
            if (!text[there..].StartsWith(between))
            {
                return null;
            }

            there += between.Length;
            var length = text[there..].IndexOfAny(LineEnds);
            var end = length < 0 ? text.Length : there + length;
            if (!text[there..end].SequenceEqual(pattern[gap.Start..gap.End]))
            {
                if (Value(text[there..end], gap.Style) is not { } value)
                {
                    return null;
                }

                values.Add(new OtherValue(gap.EventIndex, gap.Start, gap.End, end, value));
            }

            (here, there) = (gap.End, end);
        }

        return text[there..].SequenceEqual(pattern[here..]) ? values : null;
    }

    private static void Collect(YamlNode node, string text, List<Gap> gaps)
    {
        switch (node)
        {
            case YamlMapping { Flow: false } mapping:
                foreach (var entry in mapping.Entries)
                {
                    CollectOne(entry.Value, text, gaps);
                }

                break;
            case YamlSequence { Flow: false } sequence:
                foreach (var item in sequence.Items)
                {
                    CollectOne(item, text, gaps);
                }

                break;
        }
    }

    private static void CollectOne(YamlNode node, string text, List<Gap> gaps)
    {
        if (node is not YamlScalar scalar)
        {
            Collect(node, text, gaps);
            return;
        }

        var start = scalar.Start.Offset;
        var endsLine = scalar.EndOffset == text.Length || text[scalar.EndOffset] is '\n' or '\r';
        if (scalar is { Anchor: null, Tag: null } && endsLine && Value(text.AsSpan(start..scalar.EndOffset), scalar.Style) == scalar.Value)
        {
            gaps.Add(new Gap(start, scalar.EndOffset, scalar.Style, scalar.EventIndex));
        }
    }

    /// <summary>The value that a harmless text in a style has; null when the text is not harmless.</summary>
    private static string? Value(ReadOnlySpan<char> text, ScalarStyle style) => style switch
    {
        ScalarStyle.Plain when IsPlain(text) => text.ToString(),
        ScalarStyle.SingleQuoted when text is ['\'', .. var inner, '\''] && IsQuoted(inner) => inner.ToString(),
        ScalarStyle.DoubleQuoted when text is ['"', .. var inner, '"'] && IsQuoted(inner) => inner.ToString(),
        _ => null,
    };

    /// <summary>Begins with a letter or digit, ends with no blank or colon, and holds nothing that could end it before its line does.</summary>
    private static bool IsPlain(ReadOnlySpan<char> text) =>
        text is [var first, ..] && char.IsAsciiLetterOrDigit(first) && text[^1] is not (' ' or ':')
        && IsQuoted(text) && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal);

    private static bool IsQuoted(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange(' ', '~') && !text.ContainsAny(Special);

    /// <summary>A value of the pattern that may be another: its place and how it is written.</summary>
    private readonly record struct Gap(int Start, int End, ScalarStyle Style, int EventIndex);
}

/// <summary>A value that differs from the pattern's.</summary>
/// <param name="EventIndex">Which event's value.</param>
/// <param name="Start">Where it begins in the pattern.</param>
/// <param name="End">One past its end in the pattern.</param>
/// <param name="NewEnd">One past its end in the text that was read.</param>
/// <param name="Text">The value.</param>
internal readonly record struct OtherValue(int EventIndex, int Start, int End, int NewEnd, string Text);
