using System.Collections.Concurrent;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>One file of the inventory: values of parameters.</summary>
/// <param name="Path">From the sites folder.</param>
/// <param name="Values">By the parameters' names.</param>
internal sealed record InventoryFile(string Path, IReadOnlyDictionary<string, InventoryValue> Values)
{
    /// <summary>Reads a file and notes its faults; what is wrong is left out.</summary>
    public static InventoryFile Parse(string path, byte[] bytes, ConcurrentBag<SourceFault> faults)
    {
        var values = new Dictionary<string, InventoryValue>(StringComparer.Ordinal);
        var file = new InventoryFile(path, values);
        if (YamlFile.TryParse(bytes, out var yaml) is { } fault)
        {
            Note(fault.Position, fault.Message);
            return file;
        }

        switch (yaml.Documents)
        {
            case [] or [{ Root: YamlScalar { Value: "" } }]:
                break;
            case [{ Root: YamlMapping mapping }]:
                Read(mapping);
                break;
            default:
                Note(new SourcePosition(0, 1, 1), "the file must hold one mapping of parameters to values");
                break;
        }

        return file;

        void Read(YamlMapping mapping)
        {
            foreach (var entry in mapping.Entries)
            {
                if (entry.Value.Resolved is not YamlScalar scalar)
                {
                    Note(entry.Value.Start, $"{entry.Name} must be a text");
                }
                else if (ComposedText.TryParse(scalar.Value, out var text) is { } wrong)
                {
                    Note(entry.Value.Start, $"{entry.Name}: {wrong}");
                }
                else if (!values.TryAdd(entry.Name ?? "", new InventoryValue(text, path, entry.Key.Start, entry.Value.Start)))
                {
                    Note(entry.Key.Start, $"{entry.Name} stands here twice");
                }
            }
        }

        void Note(SourcePosition position, string message) => faults.Add(new SourceFault(path, position, message, "docs/site-template.md describes the inventory"));
    }
}

/// <summary>A value of a parameter, and where it is set.</summary>
internal sealed record InventoryValue(ComposedText Text, string File, SourcePosition KeyPosition, SourcePosition Position);
