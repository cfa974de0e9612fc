using FaceEdge.Deploy.Rehearsal.Expressions;
using FaceEdge.Deploy.Rehearsal.Syntax;

namespace FaceEdge.Deploy.Rehearsal.Definition;

/// <summary>
/// Expands a pipeline's templates and <c>${{ }}</c> expressions: parameters, variables, <c>if</c>, <c>elseif</c>, <c>else</c>, <c>each</c>,
/// <c>insert</c> (learn.microsoft.com/azure/devops/pipelines/process/template-expressions and …/process/templates).
/// </summary>
internal sealed class TemplateExpander(PipelineFiles files)
{
    /// <summary>Azure Pipelines' own limit of nested templates is 50 (learn.microsoft.com/azure/devops/pipelines/process/templates#imposed-limits).</summary>
    private const int MaxDepth = 50;

    /// <summary>The keys whose lists may hold <c>- template: FILE</c>.</summary>
    private static readonly string[] TemplateLists = ["stages", "jobs", "steps", "variables"];

    private int _depth;

    /// <summary>Expands the pipeline.</summary>
    /// <param name="file">Path of azure-pipelines.yml from the top of the repository.</param>
    /// <param name="parameters">Values given for the run.</param>
    /// <param name="predefined">Variables that Azure Pipelines defines before templates are expanded, such as Build.SourceBranch.</param>
    /// <returns>The pipeline without any template or compile-time expression.</returns>
    public MappingNode Expand(string file, IReadOnlyDictionary<string, string> parameters, IReadOnlyDictionary<string, string> predefined)
    {
        var root = files.Read(file, null);
        var given = parameters.ToDictionary(
            one => one.Key, one => TemplateParameters.FromCommandLine(root, one.Key, one.Value), StringComparer.OrdinalIgnoreCase);
        var bound = TemplateParameters.Bind(root["parameters"], given, new Place(file, 1));
        var scope = new TemplateScope(bound, predefined.ToDictionary(one => one.Key, one => Value.Of(one.Value), StringComparer.OrdinalIgnoreCase));
        return ExpandRoot(root, scope);
    }

    private MappingNode ExpandRoot(MappingNode root, TemplateScope scope)
    {
        if (root["extends"] is not MappingNode extends)
        {
            return ExpandMapping(Without(root, "parameters"), scope);
        }

        // The template gives the stages; the pipeline keeps its trigger, name and variables.
        var outer = ExpandMapping(Without(root, "parameters", "extends"), scope);
        var inner = WithVariablesOf(outer, scope);
        var call = ExpandMapping(extends, inner);
        var (template, templateScope) = Open(call, inner);
        var expanded = ExpandMapping(Without(template, "parameters"), templateScope);
        return outer with { Entries = [.. outer.Entries, .. expanded.Entries] };
    }

    private static MappingNode Without(MappingNode node, params string[] keys) =>
        node with { Entries = [.. node.Entries.Where(entry => !keys.Any(entry.Is))] };

    private (MappingNode Template, TemplateScope Scope) Open(MappingNode call, TemplateScope scope)
    {
        var unknown = call.Entries.FirstOrDefault(entry => !entry.Is("template") && !entry.Is("parameters"));
        if (unknown is not null)
        {
            throw unknown.Key.Place.Fault($"beside 'template' only 'parameters' may stand, not '{unknown.Key.Value}'");
        }

        var path = (call["template"] as ScalarNode)?.Value ?? throw call.Place.Fault("'template' must name a file");
        if (path.Contains('@', StringComparison.Ordinal) && !path.EndsWith("@self", StringComparison.Ordinal))
        {
            throw call.Place.Fault($"{path} is in another repository, which a rehearsal does not have");
        }

        var file = PipelineFiles.Resolve(call.Place.File, path.EndsWith("@self", StringComparison.Ordinal) ? "/" + path[..^5] : path);
        var template = files.Read(file, call.Place);
        var given = call["parameters"] switch
        {
            MappingNode mapping => mapping.Entries.ToDictionary(entry => entry.Key.Value, entry => entry.Value, StringComparer.OrdinalIgnoreCase),
            null or ScalarNode { Value: "" } => [],
            { } other => throw other.Place.Fault("parameters of a template must be a mapping"),
        };
        return (template, scope.Inside(TemplateParameters.Bind(template["parameters"], given, call.Place)));
    }

    private PipelineNode ExpandNode(PipelineNode node, TemplateScope scope, string? list = null) => node switch
    {
        ScalarNode scalar => ExpressionText.Expand(scalar, scope),
        SequenceNode sequence => sequence with { Items = ExpandItems(sequence, scope, list) },
        MappingNode mapping => ExpandMapping(mapping, scope, list),
        _ => throw new InvalidOperationException($"unknown node {node}"),
    };

    private List<PipelineNode> ExpandItems(SequenceNode sequence, TemplateScope scope, string? list)
    {
        var items = new List<PipelineNode>();
        var branch = new Branch();
        foreach (var item in sequence.Items)
        {
            if (item is MappingNode { Entries: [var only] } && Directive.Read(only.Key) is { } directive)
            {
                foreach (var (value, inner) in Select(directive, only, scope, ref branch))
                {
                    Splice(items, ExpandNode(value, inner, list), only.Key);
                }
            }
            else
            {
                branch = new Branch();
                AddItem(items, item, scope, list);
            }
        }

        return items;
    }

    private void AddItem(List<PipelineNode> items, PipelineNode item, TemplateScope scope, string? list)
    {
        if (item is ScalarNode scalar && ExpressionText.WholeExpression(scalar.Value) is not null)
        {
            Splice(items, ExpressionText.Expand(scalar, scope), scalar);
        }
        else if (item is MappingNode mapping && list is not null && mapping["template"] is not null)
        {
            items.AddRange(ExpandTemplate(mapping, scope, list));
        }
        else
        {
            items.Add(ExpandNode(item, scope));
        }
    }

    /// <summary>A list inside a list is spliced in; a single item is added.</summary>
    private static void Splice(List<PipelineNode> items, PipelineNode expanded, ScalarNode source)
    {
        switch (expanded)
        {
            case SequenceNode inner:
                items.AddRange(inner.Items);
                break;
            case ScalarNode { Value: "" }:
                break;
            case ScalarNode or MappingNode:
                items.Add(expanded);
                break;
            default:
                throw source.Place.Fault($"'{source.Value}' must give a list");
        }
    }

    private List<PipelineNode> ExpandTemplate(MappingNode item, TemplateScope scope, string list)
    {
        if (++_depth > MaxDepth)
        {
            throw item.Place.Fault($"templates are nested deeper than {MaxDepth} levels");
        }

        var (template, inner) = Open(ExpandMapping(item, scope), scope);
        List<PipelineNode> items = template[list] switch
        {
            SequenceNode sequence => ExpandItems(sequence, inner, list),
            MappingNode mapping when list == "variables" => [.. VariableEntries(ExpandMapping(mapping, inner)).Select(entry => VariableItem(entry))],
            _ => throw item.Place.Fault($"{template.Place.File} has no list '{list}'"),
        };
        _depth--;
        return items;
    }

    private MappingNode ExpandMapping(MappingNode mapping, TemplateScope scope, string? list = null)
    {
        if (IsVariableOwner(mapping) && mapping.Entries.FirstOrDefault(entry => entry.Is("variables")) is { } variables)
        {
            var expanded = ExpandNode(variables.Value, scope, "variables");
            scope = WithVariablesOf(new MappingNode(mapping.Place, [variables with { Value = expanded }]), scope);
        }

        var entries = new List<NodeEntry>();
        var branch = new Branch();
        foreach (var entry in mapping.Entries)
        {
            if (Directive.Read(entry.Key) is { } directive)
            {
                foreach (var (value, inner) in Select(directive, entry, scope, ref branch))
                {
                    entries.AddRange(ExpandNode(value, inner, list) switch
                    {
                        MappingNode inserted => inserted.Entries,
                        ScalarNode { Value: "" } => [],
                        _ => throw entry.Key.Place.Fault($"'{entry.Key.Value}' must give a mapping here"),
                    });
                }

                continue;
            }

            branch = new Branch();
            var key = ExpressionText.Expand(entry.Key, scope) as ScalarNode ?? throw entry.Key.Place.Fault("a key must be a text");
            var name = Array.Find(TemplateLists, one => string.Equals(one, key.Value, StringComparison.OrdinalIgnoreCase));
            entries.Add(new NodeEntry(key, ExpandNode(entry.Value, scope, name)));
        }

        return mapping with { Entries = entries };
    }

    private static bool IsVariableOwner(MappingNode mapping) =>
        mapping.Entries.Any(entry => entry.Is("stage") || entry.Is("job") || entry.Is("deployment") || entry.Is("stages") || entry.Is("jobs") || entry.Is("steps"));

    private static TemplateScope WithVariablesOf(MappingNode owner, TemplateScope scope) =>
        scope.WithVariables(owner["variables"] is { } variables ? VariableEntries(variables) : []);

    /// <summary>Names and values of <c>variables:</c> in either of its forms.</summary>
    private static IEnumerable<KeyValuePair<string, Value>> VariableEntries(PipelineNode variables) => variables switch
    {
        MappingNode mapping => mapping.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, Value.Of(entry.Value))),
        SequenceNode sequence => sequence.Items.OfType<MappingNode>()
            .Where(item => item["name"] is ScalarNode)
            .Select(item => KeyValuePair.Create(((ScalarNode)item["name"]!).Value, Value.Of(item["value"]))),
        _ => [],
    };

    private static MappingNode VariableItem(KeyValuePair<string, Value> variable)
    {
        var node = variable.Value.ToNode(Place.Run);
        return new MappingNode(node.Place, [new(new(node.Place, "name"), new ScalarNode(node.Place, variable.Key)), new(new(node.Place, "value"), node)]);
    }

    /// <summary>What a directive lets through: the value once for each turn, with the scope of that turn.</summary>
    private static List<(PipelineNode Value, TemplateScope Scope)> Select(Directive directive, NodeEntry entry, TemplateScope scope, ref Branch branch)
    {
        var place = entry.Key.Place;
        switch (directive.Kind)
        {
            case DirectiveKind.If:
                branch = new Branch(Open: true, Taken: IsTrue(directive.Argument, scope, place));
                return branch.Taken ? [(entry.Value, scope)] : [];
            case DirectiveKind.ElseIf or DirectiveKind.Else when !branch.Open:
                throw place.Fault($"'{entry.Key.Value}' does not follow an if");
            case DirectiveKind.ElseIf:
                var taken = !branch.Taken && IsTrue(directive.Argument, scope, place);
                branch = branch with { Taken = branch.Taken || taken };
                return taken ? [(entry.Value, scope)] : [];
            case DirectiveKind.Else:
                var rest = !branch.Taken;
                branch = new Branch();
                return rest ? [(entry.Value, scope)] : [];
            case DirectiveKind.Each:
                branch = new Branch();
                return [.. Turns(Evaluator.Evaluate(directive.Argument, scope, place), place).Select(turn => (entry.Value, scope.With(directive.Variable, turn)))];
            default:
                branch = new Branch();
                return [(entry.Value, scope)];
        }
    }

    /// <summary>Azure Pipelines takes the text 'false' for true, since it is not empty: such a condition is refused.</summary>
    private static bool IsTrue(string condition, TemplateScope scope, Place place)
    {
        var value = Evaluator.Evaluate(condition, scope, place);
        return value is TextValue { Content: var text } && bool.TryParse(text, out _)
            ? throw place.Fault($"{condition.Trim()} is the text '{text}', which counts as true whatever it says: compare it, as in eq({condition.Trim()}, true)")
            : value.IsTrue;
    }

    private static IEnumerable<Value> Turns(Value collection, Place place) => collection switch
    {
        NodeValue { Node: SequenceNode sequence } => sequence.Items.Select(Value.Of),
        NodeValue { Node: MappingNode mapping } => mapping.Entries.Select(entry => Pair(entry.Key.Value, Value.Of(entry.Value))),
        FieldsValue { Fields: var fields } => fields.Select(one => Pair(one.Key, one.Value)),
        { Text: "" } => [],
        _ => throw place.Fault("each needs a list or a mapping"),
    };

    private static FieldsValue Pair(string key, Value value) =>
        new(new Dictionary<string, Value>(StringComparer.OrdinalIgnoreCase) { ["key"] = Value.Of(key), ["value"] = value });

    /// <summary>Where a chain of if, elseif and else stands.</summary>
    private readonly record struct Branch(bool Open, bool Taken);
}
