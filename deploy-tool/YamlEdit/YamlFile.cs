using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>A parsed YAML stream: its text, its events in order, and its documents as trees with positions.</summary>
public sealed class YamlFile
{
    private YamlFile(YamlText text, IReadOnlyList<ParsingEvent> events, IReadOnlyList<YamlDocument> documents)
    {
        Text = text;
        Events = events;
        Documents = documents;
    }

    public YamlText Text { get; }

    public IReadOnlyList<ParsingEvent> Events { get; }

    public IReadOnlyList<YamlDocument> Documents { get; }

    /// <summary>Parses a whole file, every document of it.</summary>
    /// <returns>Null when the file is a YAML stream, otherwise what is wrong with it and where.</returns>
    public static YamlFault? TryParse(ReadOnlySpan<byte> bytes, out YamlFile file)
    {
        file = null!;
        return YamlText.TryDecode(bytes, out var text) ?? TryParse(text, out file);
    }

    /// <summary>The same for a text that is decoded already.</summary>
    public static YamlFault? TryParse(YamlText text, out YamlFile file)
    {
        file = null!;
        if (TryReadEvents(text, out var events) is { } fault)
        {
            return fault;
        }

        var builder = new YamlTreeBuilder();
        if (builder.Build(events) is { } treeFault)
        {
            return treeFault;
        }

        file = new YamlFile(text, events, builder.Documents);
        return null;
    }

    /// <summary>A file that was read by its likeness to another.</summary>
    public static YamlFile Like(YamlText text, IReadOnlyList<ParsingEvent> events, IReadOnlyList<YamlDocument> documents) =>
        new(text, events, documents);

    /// <summary>Reads the events alone, which is all that comparing two streams needs.</summary>
    public static YamlFault? TryReadEvents(YamlText text, out IReadOnlyList<ParsingEvent> events)
    {
        var read = new List<ParsingEvent>();
        events = read;
        var scanner = new Scanner(new StringReader(text.Value));
        try
        {
            var parser = new Parser(scanner);
            while (parser.MoveNext())
            {
                read.Add(parser.Current!);
            }

            return null;
        }
        catch (YamlException e)
        {
            // Some of the parser's faults carry no place; then the scanner has stopped near it.
            return new YamlFault(PositionOf(e.Start.Index > 0 ? e.Start : scanner.CurrentPosition), e.Message);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The parser meets some malformed flow collections with an exception that is none of its own.
            return new YamlFault(PositionOf(scanner.CurrentPosition), "the YAML is malformed here");
        }
    }

    /// <summary>Where the scalar itself begins, behind its anchor and tag.</summary>
    public int ContentOffset(YamlScalar scalar)
    {
        if (scalar.Anchor is null && scalar.Tag is null)
        {
            return scalar.Start.Offset;
        }

        // The parser's mark covers anchor and tag too; the scanner's token is the scalar alone.
        var scanner = new Scanner(new StringReader(Text.Value));
        while (scanner.MoveNext())
        {
            if (scanner.Current is YamlDotNet.Core.Tokens.Scalar token && token.End.Index == scalar.EndOffset)
            {
                return (int)token.Start.Index;
            }
        }

        return scalar.EndOffset;
    }

    internal static SourcePosition PositionOf(Mark mark) => new((int)mark.Index, (int)mark.Line, (int)mark.Column);
}
