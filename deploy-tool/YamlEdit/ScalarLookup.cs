namespace FaceEdge.Deploy.YamlEdit;

/// <summary>Finds the one scalar that a selector and a path name, or says why there is not exactly one that can change.</summary>
/// <param name="Scalar">The scalar; null when there is none.</param>
/// <param name="Place">The node at the path: the scalar itself, or an alias of it.</param>
/// <param name="Document">The document that both are in.</param>
/// <param name="Outcome">Why there is no scalar.</param>
/// <param name="Position">Where it is, or where the reason is.</param>
/// <param name="Message">The reason in one line; empty when there is a scalar.</param>
public sealed record ScalarLookup(
    YamlScalar? Scalar, YamlNode? Place, YamlDocument? Document, ScalarEditOutcome Outcome, SourcePosition Position, string Message)
{
    /// <summary>The mapping that only lacks the path's last key, so that an entry can be added to it; null otherwise.</summary>
    public YamlMapping? Parent { get; private init; }

    public static ScalarLookup Find(YamlFile file, DocumentSelector selector, YamlPath path)
    {
        var found = FindNode(file, selector, path.Steps, path.ToString());
        return found.Place is null ? found : found.Place.Resolved is YamlScalar scalar
            ? found with { Scalar = scalar }
            : None(ScalarEditOutcome.Unsupported, found.Position, $"{path} is not a scalar");
    }

    /// <summary>The same for a node of any kind.</summary>
    internal static ScalarLookup FindNode(YamlFile file, DocumentSelector selector, IReadOnlyList<YamlPathStep> steps, string path)
    {
        var documents = file.Documents.Where(selector.Selects).ToList();
        return documents switch
        {
            [] => Missing(new SourcePosition(0, 1, 1), $"the file has no {selector}"),
            [var document] => Follow(document, steps, path),
            [_, var second, ..] => None(ScalarEditOutcome.Ambiguous, second.Start, $"the file has {documents.Count} documents {selector}; keep one"),
        };
    }

    private static ScalarLookup Follow(YamlDocument document, IReadOnlyList<YamlPathStep> steps, string path)
    {
        var node = document.Root;
        foreach (var step in steps)
        {
            if (Shared(document, node) is { } shared)
            {
                return None(ScalarEditOutcome.Unsupported, node.Start, $"{path}: {shared}");
            }

            var next = step.From(node).Take(2).ToList();
            if (next.Count != 1)
            {
                return next.Count == 0
                    ? Missing(node.Start, Explain(node, step, path)) with { Parent = ReferenceEquals(step, steps[^1]) && !HasMerge(node) ? node as YamlMapping : null }
                    : None(ScalarEditOutcome.Ambiguous, next[1].Start, $"{path}: more than one node at '{step}'");
            }

            node = next[0];
        }

        return new(null, node, document, ScalarEditOutcome.Changed, node.Start, "");
    }

    /// <summary>What is used in more than one place cannot have one of its parts changed in one of them.</summary>
    private static string? Shared(YamlDocument document, YamlNode node) => node switch
    {
        YamlAlias alias => $"the alias *{alias.Name} stands there; write out what it stands for",
        { Anchor: { } anchor } when document.Aliases.Any(alias => ReferenceEquals(alias.Target, node)) =>
            $"the anchor &{anchor} is used elsewhere too, so an edit would change more than one value; write it out",
        _ => null,
    };

    private static string Explain(YamlNode node, YamlPathStep step, string path) =>
        HasMerge(node)
            ? $"{path}: nothing at '{step}' itself (a merge key << may bring it in); write the value out"
            : $"{path}: nothing at '{step}'";

    private static bool HasMerge(YamlNode node) => node is YamlMapping mapping && mapping.Entries.Any(entry => entry.HasKey("<<"));

    private static ScalarLookup Missing(SourcePosition position, string message) => None(ScalarEditOutcome.Absent, position, message);

    private static ScalarLookup None(ScalarEditOutcome outcome, SourcePosition position, string message) =>
        new(null, null, null, outcome, position, message);
}

/// <summary>Finds a node of any kind.</summary>
public static class NodeLookup
{
    /// <summary>The one node that a selector and a path name; null when there is not exactly one.</summary>
    public static YamlNode? Find(YamlFile file, DocumentSelector selector, YamlPath path) =>
        ScalarLookup.FindNode(file, selector, path.Steps, path.ToString()).Place?.Resolved;
}
