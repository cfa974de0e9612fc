using System.Globalization;
using System.Text;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Rehearsal.Expressions;
using FaceEdge.Deploy.Rehearsal.Syntax;

namespace FaceEdge.Deploy.Rehearsal.Definition;

/// <summary>
/// Declared parameters of a pipeline or template, and the values given for them
/// (learn.microsoft.com/azure/devops/pipelines/process/template-parameters).
/// </summary>
internal static class TemplateParameters
{
    private static readonly string[] Keys = ["name", "displayName", "type", "default", "values"];

    private static readonly string[] Lists = ["stepList", "jobList", "deploymentList", "stageList"];
    private static readonly string[] Nodes = ["object", "step", "job", "deployment", "stage", .. Lists];

    /// <summary>Reads declarations, checks what is given, and fills in defaults.</summary>
    /// <param name="declared">The value of <c>parameters:</c>; null when there is none.</param>
    /// <param name="given">Values by name.</param>
    /// <param name="user">Where they are given, for faults.</param>
    /// <exception cref="DeployException">A value is missing, unknown, of another type or not among those allowed.</exception>
    public static Dictionary<string, Value> Bind(PipelineNode? declared, IReadOnlyDictionary<string, PipelineNode> given, Place user)
    {
        var bound = new Dictionary<string, Value>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in Declarations(declared))
        {
            var name = RequiredText(parameter, "name");
            var type = (parameter["type"] as ScalarNode)?.Value ?? "string";
            var value = given.TryGetValue(name, out var one) ? one : parameter["default"];
            if (value is null)
            {
                throw user.Fault($"the parameter '{name}' of {parameter.Place} has no value and no default");
            }

            bound[name] = Read(name, type, value);
            if (parameter["values"] is SequenceNode allowed && !allowed.Items.Any(item => Value.AreEqual(bound[name], Value.Of(item))))
            {
                throw value.Place.Fault(
                    $"the parameter '{name}' is '{bound[name].Text}'; allowed are {string.Join(", ", allowed.Items.OfType<ScalarNode>().Select(item => item.Value))}");
            }
        }

        var unknown = given.Keys.FirstOrDefault(name => !bound.ContainsKey(name));
        return unknown is null
            ? bound
            : throw user.Fault($"there is no parameter '{unknown}'; there are {(bound.Count == 0 ? "none" : string.Join(", ", bound.Keys))}");
    }

    /// <summary>A value of the command line: a text, or YAML for a parameter of another type.</summary>
    public static PipelineNode FromCommandLine(MappingNode root, string name, string text)
    {
        var declaration = Declarations(root["parameters"]).FirstOrDefault(one => string.Equals(RequiredText(one, "name"), name, StringComparison.OrdinalIgnoreCase));
        var type = (declaration?["type"] as ScalarNode)?.Value ?? "string";
        return Nodes.Contains(type, StringComparer.OrdinalIgnoreCase)
            ? PipelineFiles.Parse($"--parameter {name}", Encoding.UTF8.GetBytes(text))
            : new ScalarNode(new Place($"--parameter {name}", 0), text);
    }

    /// <summary>The default of a parameter; null when it has none.</summary>
    public static string? DefaultOf(MappingNode root, string name) =>
        Declarations(root["parameters"]).Where(one => RequiredText(one, "name") == name).Select(one => (one["default"] as ScalarNode)?.Value).FirstOrDefault();

    public static IEnumerable<string> NamesOf(MappingNode root) => Declarations(root["parameters"]).Select(one => RequiredText(one, "name"));

    private static IEnumerable<MappingNode> Declarations(PipelineNode? declared) => declared switch
    {
        null => [],
        SequenceNode sequence => sequence.Items.Select(AsDeclaration),

        // The short form of templates: names with their defaults, each of any type.
        MappingNode mapping => mapping.Entries.Select(entry => new MappingNode(entry.Key.Place,
        [
            new(new(entry.Key.Place, "name"), entry.Key),
            new(new(entry.Key.Place, "type"), new ScalarNode(entry.Key.Place, entry.Value is ScalarNode ? "string" : "object")),
            new(new(entry.Key.Place, "default"), entry.Value),
        ])),
        _ => throw declared.Place.Fault("parameters must be a list"),
    };

    private static MappingNode AsDeclaration(PipelineNode item)
    {
        var mapping = item as MappingNode ?? throw item.Place.Fault("a parameter must be a mapping with name and type");
        var unknown = mapping.Entries.FirstOrDefault(entry => !Keys.Any(entry.Is));
        return unknown is null ? mapping : throw unknown.Key.Place.Fault($"'{unknown.Key.Value}' is no property of a parameter; there are {string.Join(", ", Keys)}");
    }

    private static string RequiredText(MappingNode mapping, string key) =>
        mapping[key] is ScalarNode { Value.Length: > 0 } scalar ? scalar.Value : throw mapping.Place.Fault($"a parameter needs '{key}'");

    private static Value Read(string name, string type, PipelineNode node)
    {
        if (type.Equals("boolean", StringComparison.OrdinalIgnoreCase))
        {
            return node is ScalarNode flag && bool.TryParse(flag.Value, out var parsed)
                ? Value.Of(parsed)
                : throw node.Place.Fault($"the parameter '{name}' must be true or false");
        }

        if (type.Equals("number", StringComparison.OrdinalIgnoreCase))
        {
            return node is ScalarNode text && double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? new NumberValue(number)
                : throw node.Place.Fault($"the parameter '{name}' must be a number");
        }

        if (type.Equals("string", StringComparison.OrdinalIgnoreCase))
        {
            return node is ScalarNode text ? Value.Of(text.Value) : throw node.Place.Fault($"the parameter '{name}' must be a text");
        }

        if (!Nodes.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            throw node.Place.Fault($"the parameter '{name}' is of the unknown type '{type}'");
        }

        var isList = Lists.Contains(type, StringComparer.OrdinalIgnoreCase);
        return (isList, node) switch
        {
            (true, ScalarNode { Value: "" }) => new NodeValue(new SequenceNode(node.Place, [])),
            (true, not SequenceNode) => throw node.Place.Fault($"the parameter '{name}' must be a list"),
            _ => Value.Of(node),
        };
    }
}
