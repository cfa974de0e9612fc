using System.Globalization;

namespace FaceEdge.Deploy.YamlEdit;

/// <summary>
/// Reads a configuration mapping strictly: values are taken by key, each fault is noted with its place, and
/// <see cref="Finish"/> notes every key that nobody asked for, so that a misspelt gate is never a missing gate.
/// </summary>
public sealed class YamlMappingReader
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<YamlFault> _faults;
    private readonly YamlNode _node;
    private readonly string _path;

    public YamlMappingReader(YamlNode node, string path, List<YamlFault> faults)
    {
        _node = node.Resolved;
        _path = path;
        _faults = faults;
        if (_node is not YamlMapping)
        {
            Fault(_node, $"{Where} must be a mapping");
        }
    }

    private string Where => _path.Length == 0 ? "the file" : _path;

    /// <summary>The value of a key; null when absent.</summary>
    public YamlNode? Node(string key)
    {
        _known.Add(key);
        return (_node as YamlMapping)?[key];
    }

    /// <summary>Text of a key that must be there; empty after a fault.</summary>
    public string RequiredText(string key) => Required(key) is { } node ? AsText(node, PathOf(key)) ?? "" : "";

    public string? Text(string key) => Node(key) is { } node ? AsText(node, PathOf(key)) : null;

    /// <summary>Texts of a list; empty when absent.</summary>
    public IReadOnlyList<string> Texts(string key) =>
        [.. Items(key).Select((item, index) => AsText(item, $"{PathOf(key)}[{index}]")).OfType<string>()];

    /// <summary>Items of a list; empty when absent.</summary>
    public IReadOnlyList<YamlNode> Items(string key)
    {
        switch (Node(key))
        {
            case null:
                return [];
            case YamlSequence sequence:
                return [.. sequence.Items.Select(item => item.Resolved)];
            case { } other:
                Fault(other, $"{PathOf(key)} must be a list");
                return [];
        }
    }

    /// <summary>A whole number within bounds; null when absent or faulty.</summary>
    public int? Number(string key, int minimum, int maximum)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        Fault(Node(key)!, $"{PathOf(key)}: '{text}' must be a whole number from {minimum} to {maximum}");
        return null;
    }

    /// <summary>True or false; null when absent or faulty.</summary>
    public bool? Flag(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (text is "true" or "false")
        {
            return text == "true";
        }

        Fault(Node(key)!, $"{PathOf(key)}: '{text}' must be true or false");
        return null;
    }

    /// <summary>A duration such as 90m, 4h or 1d12h; null when absent or faulty.</summary>
    public TimeSpan? Duration(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (YamlEdit.Duration.TryParse(text, out var duration))
        {
            return duration;
        }

        Fault(Node(key)!, $"{PathOf(key)}: '{text}' must be a duration above zero such as 90m, 4h, 7d or 1d12h");
        return null;
    }

    /// <summary>A reader for a mapping below a key; null when absent.</summary>
    public YamlMappingReader? Mapping(string key) => Node(key) is { } node ? new YamlMappingReader(node, PathOf(key), _faults) : null;

    /// <summary>The same for a key that must be there.</summary>
    public YamlMappingReader? RequiredMapping(string key) => Required(key) is { } node ? new YamlMappingReader(node, PathOf(key), _faults) : null;

    /// <summary>Readers for the mappings of a list.</summary>
    public IEnumerable<YamlMappingReader> Mappings(string key) =>
        [.. Items(key).Select((item, index) => new YamlMappingReader(item, string.Create(CultureInfo.InvariantCulture, $"{PathOf(key)}[{index}]"), _faults))];

    /// <summary>Notes a fault about the value of a key, or about the mapping when the key is absent.</summary>
    public void Fault(string key, string message) => Fault((_node as YamlMapping)?[key] ?? _node, $"{PathOf(key)}: {message}");

    /// <summary>Notes keys that were never asked for and keys that stand there twice.</summary>
    public void Finish()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in (_node as YamlMapping)?.Entries ?? [])
        {
            var name = entry.Name ?? "";
            if (!_known.Contains(name))
            {
                Fault(entry.Key, $"{PathOf(name)} is not known; known here: {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
            }
            else if (!seen.Add(name))
            {
                Fault(entry.Key, $"{PathOf(name)} stands here twice");
            }
        }
    }

    private YamlNode? Required(string key)
    {
        var node = Node(key);
        if (node is null && _node is YamlMapping)
        {
            Fault(_node, $"{PathOf(key)} is missing");
        }

        return node;
    }

    private string? AsText(YamlNode node, string path)
    {
        if (node.Resolved is YamlScalar { Value.Length: > 0 } scalar)
        {
            return scalar.Value;
        }

        Fault(node, $"{path} must be a text that is not empty");
        return null;
    }

    private string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private void Fault(YamlNode node, string message) => _faults.Add(new YamlFault(node.Start, message));
}
