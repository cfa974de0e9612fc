using System.Collections.Concurrent;
using System.Text;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>Edits of an inventory file, byte for byte: what is not meant stays, comments too.</summary>
/// <param name="path">Path of the file, from the sites folder.</param>
/// <param name="bytes">As it is; empty for a file that is new.</param>
internal sealed class InventoryEdit(string path, byte[] bytes)
{
    /// <summary>The file as edited so far.</summary>
    public byte[] Bytes { get; private set; } = bytes;

    /// <summary>The same, read.</summary>
    public InventoryFile Read(ConcurrentBag<SourceFault> faults) => InventoryFile.Parse(path, Bytes, faults);

    /// <summary>Gives a parameter a value.</summary>
    /// <exception cref="SitesException">The file cannot be edited.</exception>
    public void Set(string name, string value)
    {
        var yaml = Parse();
        if (Root(yaml) is { } root && root.Entries.Any(entry => entry.HasKey(name)))
        {
            var edit = ScalarEdit.Set(Bytes, yaml, DocumentSelector.Only, YamlPath.OfKeys(name), value);
            Bytes = edit.Succeeded ? edit.Bytes : throw Refused(edit.Position, edit.Message);
        }
        else
        {
            Add(yaml, null, $"{name}: {ScalarWriter.Write(value, ScalarStyle.Plain)}\n");
        }
    }

    /// <summary>Gives a label a value.</summary>
    /// <exception cref="SitesException">The file cannot be edited.</exception>
    public void SetLabel(string name, string key, string value)
    {
        var yaml = Parse();
        var line = $"{ScalarWriter.Write(key, ScalarStyle.Plain)}: {ScalarWriter.Write(value, ScalarStyle.Plain)}\n";
        switch (Root(yaml)?[name])
        {
            case null:
                Add(yaml, null, $"{name}:\n  {line}");
                break;
            case YamlMapping labels when labels.Entries.Any(entry => entry.HasKey(key)):
                var edit = ScalarEdit.Set(Bytes, yaml, DocumentSelector.Only, YamlPath.OfKeys(name, key), value);
                Bytes = edit.Succeeded ? edit.Bytes : throw Refused(edit.Position, edit.Message);
                break;
            default:
                Add(yaml, YamlPath.OfKeys(name), line);
                break;
        }
    }

    /// <summary>Takes a label or a setting out, where there is one, and the line above it when it was the only one.</summary>
    /// <exception cref="SitesException">The file cannot be edited.</exception>
    public void RemoveLabel(string name, string key)
    {
        var yaml = Parse();
        if (Root(yaml)?[name] is not YamlMapping labels || !labels.Entries.Any(entry => entry.HasKey(key)))
        {
            return;
        }

        var edit = labels.Entries.Count == 1
            ? BlockEdit.Remove(Bytes, yaml, DocumentSelector.Only, null, name)
            : BlockEdit.Remove(Bytes, yaml, DocumentSelector.Only, YamlPath.OfKeys(name), key);
        Bytes = edit.Succeeded ? edit.Bytes : throw Refused(edit.Position, edit.Message);
    }

    /// <summary>Brings a fragment in.</summary>
    /// <exception cref="SitesException">The file cannot be edited.</exception>
    public void AddFragment(string fragment)
    {
        var yaml = Parse();
        if (Root(yaml)?[InventoryFile.FragmentsKey] is null)
        {
            Add(yaml, null, $"{InventoryFile.FragmentsKey}:\n  - {fragment}\n");
        }
        else
        {
            Add(yaml, YamlPath.OfKeys(InventoryFile.FragmentsKey), $"- {fragment}\n");
        }
    }

    /// <summary>Takes a line out, where there is one: what it set is the environment's, or the default.</summary>
    /// <exception cref="SitesException">The file cannot be edited.</exception>
    public void Remove(string name)
    {
        var yaml = Parse();
        if (Root(yaml) is { } root && root.Entries.Any(entry => entry.HasKey(name)))
        {
            var edit = BlockEdit.Remove(Bytes, yaml, DocumentSelector.Only, null, name);
            Bytes = edit.Succeeded ? edit.Bytes : throw Refused(edit.Position, edit.Message);
        }
    }

    private void Add(YamlFile yaml, YamlPath? to, string lines)
    {
        if (Root(yaml) is null)
        {
            var gap = Bytes.Length > 0 && Bytes[^1] != (byte)'\n' ? "\n" : "";
            Bytes = [.. Bytes, .. Encoding.UTF8.GetBytes(gap + lines)];
            return;
        }

        var edit = BlockEdit.Add(Bytes, yaml, DocumentSelector.Only, to, lines);
        Bytes = edit.Succeeded ? edit.Bytes : throw Refused(edit.Position, edit.Message);
    }

    private static YamlMapping? Root(YamlFile yaml) => yaml.Documents is [{ Root: YamlMapping root }] ? root : null;

    private YamlFile Parse() => YamlFile.TryParse(Bytes, out var yaml) is { } fault ? throw Refused(fault.Position, fault.Message) : yaml;

    private SitesException Refused(SourcePosition position, string message) =>
        new($"{DesiredState.SitesFolder}/{path}:{position}: {message}", "edit the file by hand");
}
