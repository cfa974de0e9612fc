using YamlDotNet.RepresentationModel;

namespace FaceEdge.Models;

/// <summary>One YAML mapping of the catalogue whose keys are known beforehand.</summary>
internal sealed class CatalogueMap
{
    private readonly string _file;
    private readonly YamlMappingNode _map;

    public CatalogueMap(string file, YamlNode node, string[] allowed)
    {
        _file = file;
        _map = node as YamlMappingNode ?? throw Fault(node, $"expected a mapping with the keys {string.Join(", ", allowed)}");
        foreach (var key in _map.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name } || !allowed.Contains(name))
            {
                throw Fault(key, $"unknown key '{key}'; allowed: {string.Join(", ", allowed)}");
            }
        }
    }

    public bool Has(string key) => _map.Children.ContainsKey(key);

    public YamlNode Required(string key)
        => _map.Children.TryGetValue(key, out var node) ? node : throw Fault(_map, $"the key '{key}' is missing");

    /// <summary>A scalar that is not empty.</summary>
    public string Text(string key)
        => Required(key) is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw Fault(key, "expected a value");

    public string Text(string key, Predicate<string> isValid, string expected)
    {
        var text = Text(key);
        return isValid(text) ? text : throw Fault(key, $"expected {expected}, found '{text}'");
    }

    public InvalidCatalogueException Fault(string key, string message) => Fault(Required(key), $"{key}: {message}");

    private InvalidCatalogueException Fault(YamlNode node, string message) => new($"{_file}:{node.Start.Line}: {message}.");
}
