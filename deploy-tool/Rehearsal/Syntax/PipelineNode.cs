using FaceEdge.Deploy.CommandLine;

namespace FaceEdge.Deploy.Rehearsal.Syntax;

/// <summary>A node of a pipeline's YAML. What a template generates keeps the place in the template.</summary>
internal abstract record PipelineNode(Place Place);

/// <summary>A text; Azure Pipelines reads every scalar of YAML as one.</summary>
internal sealed record ScalarNode(Place Place, string Value) : PipelineNode(Place);

/// <summary>A list.</summary>
internal sealed record SequenceNode(Place Place, IReadOnlyList<PipelineNode> Items) : PipelineNode(Place);

/// <summary>A mapping, in file order; names are compared without regard to case, as Azure Pipelines does.</summary>
internal sealed record MappingNode(Place Place, IReadOnlyList<NodeEntry> Entries) : PipelineNode(Place)
{
    /// <summary>The value of a key; null when it has none.</summary>
    public PipelineNode? this[string key] => Entries.FirstOrDefault(entry => entry.Is(key))?.Value;
}

/// <summary>One entry of a mapping.</summary>
internal sealed record NodeEntry(ScalarNode Key, PipelineNode Value)
{
    public bool Is(string key) => string.Equals(Key.Value, key, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Where something of a pipeline was written.</summary>
/// <param name="File">Path from the top of the repository, with forward slashes.</param>
/// <param name="Line">Line, from 1.</param>
internal readonly record struct Place(string File, int Line)
{
    public static readonly Place Run = new("run", 0);

    /// <summary>The exception for a fault at this place: exit code 2.</summary>
    public DeployException Fault(string message, Exception? inner = null) =>
        DeployException.BadInput($"{this}: {message}", "fix it and run the rehearsal again", inner);

    public override string ToString() => Line == 0 ? File : $"{File}:{Line}";
}
