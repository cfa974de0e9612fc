using System.Text.RegularExpressions;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>A parsed YAML stream: its text, and its documents as trees with positions.</summary>
public sealed partial record YamlFile(YamlText Text, IReadOnlyList<YamlDocument> Documents)
{
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
        var fault = YamlParser.TryParse(text.Value, out var documents);
        if (fault is not null && UnresolvedMerge().Match(text.Value) is { Success: true } mark)
        {
            fault = new YamlFault(YamlText.PositionOf(text.Value, mark.Index), "a merge conflict is not resolved here");
        }

        file = fault is null ? new YamlFile(text, documents) : null!;
        return fault;
    }

    /// <summary>The first line of what Git leaves where two changes met.</summary>
    [GeneratedRegex("^<{7} ", RegexOptions.Multiline)]
    private static partial Regex UnresolvedMerge();
}

/// <summary>One document of a stream.</summary>
/// <param name="Start">Where the document begins.</param>
/// <param name="Root">The document's node; an empty document has an empty plain scalar.</param>
/// <param name="Aliases">Every alias of the document, in file order.</param>
public sealed record YamlDocument(SourcePosition Start, YamlNode Root, IReadOnlyList<YamlAlias> Aliases);

/// <summary>Why a file is not a YAML stream, and where.</summary>
public sealed record YamlFault(SourcePosition Position, string Message)
{
    public override string ToString() => $"{Position}: {Message}";
}

/// <summary>A place in a text file, as an editor shows it.</summary>
/// <param name="Offset">UTF-16 code units from the start of the text, the byte order mark not counted.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in UTF-16 code units, from 1.</param>
public readonly record struct SourcePosition(int Offset, int Line, int Column)
{
    public override string ToString() => $"{Line}:{Column}";
}
