using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Rehearsal.Definition;
using FaceEdge.Deploy.Rehearsal.Syntax;

namespace FaceEdge.Deploy.Rehearsal.Schema;

/// <summary>
/// Checks a pipeline as far as that can be done without Azure DevOps: templates and parameters, keys and types, and the rules between
/// parts. What it cannot know: whether pools, agents, environments and variable groups exist, and who may use them.
/// </summary>
/// <param name="root">Top of the checkout.</param>
internal sealed class SchemaCheck(string root)
{
    private readonly PipelineFiles _files = new(root);

    /// <summary>Expands the pipeline with the parameters of one run, and checks what comes out.</summary>
    /// <param name="file">Path of azure-pipelines.yml from the top of the repository.</param>
    /// <param name="parameters">Values given for the run; the others have their defaults.</param>
    public IReadOnlyList<SchemaFinding> Run(string file, IReadOnlyDictionary<string, string> parameters)
    {
        var findings = new List<SchemaFinding>();
        try
        {
            if (_files.Read(file, null)["parameters"] is { } declared)
            {
                PipelineSchema.Parameters.Check(declared, findings);
            }

            var pipeline = new TemplateExpander(_files).Expand(file, parameters, new Dictionary<string, string>());
            PipelineSchema.Pipeline.Check(pipeline, findings);
            var wellFormed = findings.Count == 0;
            foreach (var rule in PipelineRules.All(root))
            {
                findings.AddRange(rule(pipeline));
            }

            if (wellFormed)
            {
                // Unknown and circular dependencies, names that stand twice.
                PipelineReader.Read(pipeline);
            }
        }
        catch (DeployException exception)
        {
            // The message begins with the place.
            findings.Add(new SchemaFinding(new Place(exception.Message, 0), exception.Remedy));
        }

        return findings;
    }
}

/// <summary>Something that Azure Pipelines would refuse, or that would not do what it says.</summary>
internal sealed record SchemaFinding(Place Place, string Message)
{
    public override string ToString() => $"{Place}: {Message}";
}
