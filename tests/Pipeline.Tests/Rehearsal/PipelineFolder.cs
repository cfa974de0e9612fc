using System.Text;
using FaceEdge.Deploy.Rehearsal.Definition;
using FaceEdge.Deploy.Rehearsal.Syntax;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

/// <summary>A folder with a pipeline and its templates.</summary>
internal sealed class PipelineFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceedge-pipeline-");

    public string Root => _folder.FullName;

    public PipelineFolder With(string path, string content)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        return this;
    }

    public MappingNode Expand(params (string Name, string Value)[] parameters) => new TemplateExpander(new PipelineFiles(Root)).Expand(
        "azure-pipelines.yml",
        parameters.ToDictionary(one => one.Name, one => one.Value),
        new Dictionary<string, string> { ["Build.SourceBranch"] = "refs/heads/main" });

    public PipelineDefinition Read(params (string Name, string Value)[] parameters) => PipelineReader.Read(Expand(parameters));

    /// <summary>A node as YAML in flow style, to compare whole outcomes.</summary>
    public static string Show(PipelineNode? node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Write(StringBuilder text, PipelineNode? node)
    {
        switch (node)
        {
            case null:
                text.Append('~');
                break;
            case ScalarNode scalar:
                text.Append(scalar.Value);
                break;
            case SequenceNode sequence:
                text.Append('[');
                for (var i = 0; i < sequence.Items.Count; i++)
                {
                    text.Append(i > 0 ? ", " : "");
                    Write(text, sequence.Items[i]);
                }

                text.Append(']');
                break;
            case MappingNode mapping:
                text.Append('{');
                for (var i = 0; i < mapping.Entries.Count; i++)
                {
                    text.Append(i > 0 ? ", " : "").Append(mapping.Entries[i].Key.Value).Append(": ");
                    Write(text, mapping.Entries[i].Value);
                }

                text.Append('}');
                break;
        }
    }
}
