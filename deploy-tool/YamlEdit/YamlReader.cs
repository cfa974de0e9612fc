using YamlDotNet.Core.Events;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>
/// Parses files, and reads those that are like one it has parsed without parsing them: the manifests of a fleet differ in a few
/// one-line values. May be used from several threads at once.
/// </summary>
public sealed class YamlReader
{
    /// <summary>A fleet has a few kinds of manifest; a file that is like none of so many is parsed.</summary>
    private const int MaxPatterns = 8;

    private readonly Lock _gate = new();
    private volatile YamlPattern[] _patterns = [];

    /// <summary>Reads a whole file, every document of it.</summary>
    /// <returns>Null when the file is a YAML stream, otherwise what is wrong with it and where.</returns>
    public YamlFault? TryRead(ReadOnlySpan<byte> bytes, out YamlFile file)
    {
        file = null!;
        if (YamlText.TryDecode(bytes, out var text) is { } fault)
        {
            return fault;
        }

        foreach (var pattern in _patterns)
        {
            if (pattern.Read(text) is { } like)
            {
                file = like;
                return null;
            }
        }

        var parsed = YamlFile.TryParse(text, out file);
        if (parsed is null)
        {
            Keep(file);
        }

        return parsed;
    }

    /// <summary>Reads the events alone, which is all that comparing two streams needs.</summary>
    public YamlFault? TryReadEvents(YamlText text, out IReadOnlyList<ParsingEvent> events)
    {
        foreach (var pattern in _patterns)
        {
            if (pattern.ReadEvents(text) is { } like)
            {
                events = like;
                return null;
            }
        }

        events = [];
        if (YamlFile.TryParse(text, out var file) is { } fault)
        {
            return fault;
        }

        Keep(file);
        events = file.Events;
        return null;
    }

    private void Keep(YamlFile file)
    {
        if (_patterns.Length == MaxPatterns || YamlPattern.Of(file) is not { } pattern)
        {
            return;
        }

        lock (_gate)
        {
            _patterns = [.. _patterns, pattern];
        }
    }
}
