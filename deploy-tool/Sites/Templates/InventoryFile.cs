using System.Collections.Concurrent;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>One file of the inventory: values of parameters, labels, settings, and the fragments that it brings in.</summary>
/// <param name="Path">From the sites folder.</param>
internal sealed record InventoryFile(string Path)
{
    /// <summary>The key under which fragments are listed.</summary>
    public const string FragmentsKey = "fragments";

    private readonly Dictionary<string, InventoryValue> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InventoryLabels> _labels = new(StringComparer.Ordinal);
    private readonly List<InventoryValue> _fragments = [];

    /// <summary>Texts by the parameters' names.</summary>
    public IReadOnlyDictionary<string, InventoryValue> Values => _values;

    /// <summary>Labels and settings by the parameters' names.</summary>
    public IReadOnlyDictionary<string, InventoryLabels> Labels => _labels;

    /// <summary>Names of fragments.</summary>
    public IReadOnlyList<InventoryValue> Fragments => _fragments;

    /// <summary>Reads a file and notes its faults; what is wrong is left out.</summary>
    public static InventoryFile Parse(string path, byte[] bytes, ConcurrentBag<SourceFault> faults)
    {
        var file = new InventoryFile(path);
        if (YamlFile.TryParse(bytes, out var yaml) is { } fault)
        {
            faults.Add(file.Fault(fault.Position, fault.Message));
            return file;
        }

        switch (yaml.Documents)
        {
            case [] or [{ Root: YamlScalar { Value: "" } }]:
                break;
            case [{ Root: YamlMapping mapping }]:
                foreach (var entry in mapping.Entries)
                {
                    if (file.Read(entry) is { } wrong)
                    {
                        faults.Add(wrong);
                    }
                }

                break;
            default:
                faults.Add(file.Fault(new SourcePosition(0, 1, 1), "the file must hold one mapping of parameters to values"));
                break;
        }

        return file;
    }

    private SourceFault? Read(YamlEntry entry)
    {
        var name = entry.Name ?? "";
        if (_values.ContainsKey(name) || _labels.ContainsKey(name) || (name == FragmentsKey && _fragments.Count > 0))
        {
            return Fault(entry.Key.Start, $"{name} stands here twice");
        }

        switch (entry.Value.Resolved)
        {
            case YamlSequence list when name == FragmentsKey && list.Items.All(item => item.Resolved is YamlScalar):
                _fragments.AddRange(list.Items.Select(item => ComposedText.TryParse(((YamlScalar)item.Resolved).Value, out var text) is null ? new InventoryValue(text, Path, item.Start, item.Start) : null).OfType<InventoryValue>());
                return null;
            case var _ when name == FragmentsKey:
                return Fault(entry.Value.Start, $"{name} must be a list of names");
            case YamlScalar scalar:
                return Read(entry.Key, scalar, name, _values);
            case YamlMapping mapping:
                var labels = new Dictionary<string, InventoryValue>(StringComparer.Ordinal);
                _labels[name] = new InventoryLabels(labels, entry.Key.Start);
                return mapping.Entries.Select(label => label.Value.Resolved is YamlScalar value
                    ? Read(label.Key, value, label.Name ?? "", labels)
                    : Fault(label.Value.Start, $"{name}.{label.Name} must be a text")).FirstOrDefault(wrong => wrong is not null);
            default:
                return Fault(entry.Value.Start, $"{name} must be a text");
        }
    }

    private SourceFault? Read(YamlNode key, YamlScalar value, string name, Dictionary<string, InventoryValue> into) =>
        ComposedText.TryParse(value.Value, out var text) is { } wrong ? Fault(value.Start, $"{name}: {wrong}")
        : into.TryAdd(name, new InventoryValue(text, Path, key.Start, value.Start)) ? null
        : Fault(key.Start, $"{name} stands here twice");

    private SourceFault Fault(SourcePosition position, string message) => new(Path, position, message, "docs/site-template.md describes the inventory");
}

/// <summary>A value of a parameter, and where it is set.</summary>
internal sealed record InventoryValue(ComposedText Text, string File, SourcePosition KeyPosition, SourcePosition Position);

/// <summary>Labels or settings by their keys, and where they are set.</summary>
internal sealed record InventoryLabels(IReadOnlyDictionary<string, InventoryValue> Values, SourcePosition Position);
