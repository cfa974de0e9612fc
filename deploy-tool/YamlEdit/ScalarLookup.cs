namespace FaceEdge.Deploy.YamlEdit;

/// <summary>Finds the one scalar that a selector and a path name, or says why there is not exactly one that can change alone.</summary>
public sealed record ScalarLookup(YamlScalar? Scalar, ScalarEditOutcome Outcome, SourcePosition Position, string Message)
{
    public static ScalarLookup Find(YamlFile file, DocumentSelector selector, YamlPath path)
    {
        var documents = file.Documents.Where(selector.Selects).ToList();
        return documents switch
        {
            [] => Missing(new SourcePosition(0, 1, 1), $"the file has no {selector}"),
            [var document] => Follow(document, path),
            [_, var second, ..] => new(null, ScalarEditOutcome.Ambiguous, second.Start, $"the file has {documents.Count} documents {selector}; keep one"),
        };
    }

    private static ScalarLookup Follow(YamlDocument document, YamlPath path)
    {
        var node = document.Root;
        foreach (var step in path.Steps)
        {
            if (Shared(document, node) is { } shared)
            {
                return Refused(node, $"{path}: {shared}");
            }

            var next = step.From(node).Take(2).ToList();
            if (next.Count != 1)
            {
                return next.Count == 0 ? Missing(node.Start, Explain(node, step, path)) : new(null, ScalarEditOutcome.Ambiguous, next[1].Start, $"{path}: more than one node at '{step}'");
            }

            node = next[0];
        }

        return (Shared(document, node), node) switch
        {
            ({ } shared, _) => Refused(node, $"{path}: {shared}"),
            (_, YamlScalar scalar) => new(scalar, ScalarEditOutcome.Changed, scalar.Start, ""),
            _ => Refused(node, $"{path} is not a scalar"),
        };
    }

    /// <summary>A node that is used in more than one place cannot change in one of them.</summary>
    private static string? Shared(YamlDocument document, YamlNode node) => node switch
    {
        YamlAlias alias => $"the alias *{alias.Name} stands there; edit its anchor or write the value out",
        { Anchor: { } anchor } when document.AliasedAnchors.Contains(anchor) => $"the anchor &{anchor} is used elsewhere too, so an edit would change more than one value",
        _ => null,
    };

    private static string Explain(YamlNode node, YamlPathStep step, YamlPath path) =>
        node is YamlMapping mapping && mapping.Entries.Any(entry => entry.HasKey("<<"))
            ? $"{path}: nothing at '{step}' itself (a merge key << may bring it in); write the value out"
            : $"{path}: nothing at '{step}'";

    private static ScalarLookup Missing(SourcePosition position, string message) => new(null, ScalarEditOutcome.Absent, position, message);

    private static ScalarLookup Refused(YamlNode node, string message) => new(null, ScalarEditOutcome.Unsupported, node.Start, message);
}
