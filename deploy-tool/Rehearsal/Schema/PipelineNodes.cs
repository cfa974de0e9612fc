using FaceEdge.Deploy.Rehearsal.Syntax;

namespace FaceEdge.Deploy.Rehearsal.Schema;

/// <summary>Paths through an expanded pipeline that rules share; what has the wrong shape is left out, since the schema reports it.</summary>
internal static class PipelineNodes
{
    public static IEnumerable<MappingNode> Stages(this MappingNode pipeline) => Items(pipeline["stages"]);

    public static IEnumerable<MappingNode> Jobs(this MappingNode stage) => Items(stage["jobs"]);

    /// <summary>The steps of a job, or of all hooks of a deployment job.</summary>
    public static IEnumerable<MappingNode> Steps(this MappingNode job) => Items(job["steps"]).Concat(
        (job["strategy"] as MappingNode)?.Entries.SelectMany(strategy => Hooks(strategy.Value)).SelectMany(hook => Items(hook["steps"])) ?? []);

    public static string Text(this MappingNode node, string key) => (node[key] as ScalarNode)?.Value ?? "";

    /// <summary>A text or a list of texts.</summary>
    public static IEnumerable<string> Texts(this MappingNode node, string key) => node[key] switch
    {
        ScalarNode { Value.Length: > 0 } scalar => [scalar.Value],
        SequenceNode sequence => sequence.Items.OfType<ScalarNode>().Select(item => item.Value),
        _ => [],
    };

    /// <summary>Every text below a node, keys left out.</summary>
    public static IEnumerable<ScalarNode> Scalars(PipelineNode node) => node switch
    {
        ScalarNode scalar => [scalar],
        SequenceNode sequence => sequence.Items.SelectMany(Scalars),
        MappingNode mapping => mapping.Entries.SelectMany(entry => Scalars(entry.Value)),
        _ => [],
    };

    public static IEnumerable<MappingNode> Items(PipelineNode? node) => (node as SequenceNode)?.Items.OfType<MappingNode>() ?? [];

    private static IEnumerable<MappingNode> Hooks(PipelineNode strategy) => strategy is not MappingNode mapping
        ? []
        : mapping.Entries.Select(entry => entry.Value).OfType<MappingNode>()
            .SelectMany(hook => hook["steps"] is null ? hook.Entries.Select(entry => entry.Value).OfType<MappingNode>() : [hook]);
}
