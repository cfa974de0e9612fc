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
