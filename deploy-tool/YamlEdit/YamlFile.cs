namespace FaceEdge.Deploy.YamlEdit;

/// <summary>A parsed YAML stream: its text, and its documents as trees with positions.</summary>
public sealed record YamlFile(YamlText Text, IReadOnlyList<YamlDocument> Documents)
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
        file = fault is null ? new YamlFile(text, documents) : null!;
        return fault;
    }
}
