using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Rehearsal.Syntax;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Rehearsal.Definition;

/// <summary>Reads the pipeline's file and its templates from a checkout.</summary>
/// <param name="root">Top of the checkout.</param>
internal sealed class PipelineFiles(string root)
{
    /// <summary>
    /// The path of a template from the top of the repository: relative to the file that includes it, or from the top with a leading slash
    /// (learn.microsoft.com/azure/devops/pipelines/process/templates#reference-template-paths).
    /// </summary>
    public static string Resolve(string includingFile, string path)
    {
        var start = path.StartsWith('/') ? "" : Path.GetDirectoryName(includingFile) ?? "";
        var parts = new List<string>();
        foreach (var part in $"{start}/{path}".Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not "." and not "..")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>Reads a file; <paramref name="asked"/> is where it is asked for.</summary>
    /// <exception cref="DeployException">It is not there, or not one YAML mapping.</exception>
    public MappingNode Read(string file, Place? asked)
    {
        var full = Path.Combine(root, file);
        if (!File.Exists(full))
        {
            throw asked?.Fault($"there is no template {file}") ?? DeployException.BadInput($"there is no {file} in {root}", "name the pipeline's file with --pipeline");
        }

        return Parse(file, File.ReadAllBytes(full)) is MappingNode mapping ? mapping : throw new Place(file, 1).Fault("the file must be a mapping");
    }

    /// <summary>Parses one YAML document.</summary>
    /// <exception cref="DeployException">It is not one.</exception>
    public static PipelineNode Parse(string file, ReadOnlySpan<byte> bytes)
    {
        if (YamlFile.TryParse(bytes, out var yaml) is { } fault)
        {
            throw new Place(file, fault.Position.Line).Fault(fault.Message);
        }

        return yaml.Documents is [var document]
            ? Convert(file, document.Root)
            : throw new Place(file, 1).Fault($"the file must hold one document, not {yaml.Documents.Count}");
    }

    private static PipelineNode Convert(string file, YamlNode node)
    {
        var place = new Place(file, node.Start.Line);
        switch (node)
        {
            case YamlAlias or { Anchor: not null }:
                throw place.Fault("Azure Pipelines knows no anchors and aliases");
            case YamlScalar scalar:
                return new ScalarNode(place, PlainScalar.KindOf(scalar) == ScalarKind.Null ? "" : scalar.Value);
            case YamlSequence sequence:
                return new SequenceNode(place, [.. sequence.Items.Select(item => Convert(file, item))]);
            default:
                var entries = new List<NodeEntry>();
                foreach (var entry in ((YamlMapping)node).Entries)
                {
                    var key = new ScalarNode(new Place(file, entry.Key.Start.Line), entry.Name ?? throw place.Fault("a key must be a text"));
                    if (!key.Value.Contains("${{", StringComparison.Ordinal) && entries.Exists(other => other.Is(key.Value)))
                    {
                        throw key.Place.Fault($"'{key.Value}' stands here twice");
                    }

                    entries.Add(new NodeEntry(key, Convert(file, entry.Value)));
                }

                return new MappingNode(place, entries);
        }
    }
}
