using FaceEdge.Deploy.Rehearsal.Expressions;

namespace FaceEdge.Deploy.Rehearsal.Definition;

/// <summary>What a <c>${{ }}</c> can refer to: parameters, the variables that YAML gives, the variables of loops around it.</summary>
internal sealed class TemplateScope : IScope
{
    private readonly Dictionary<string, Value> _names;

    private TemplateScope(Dictionary<string, Value> names) => _names = names;

    public TemplateScope(IReadOnlyDictionary<string, Value> parameters, IReadOnlyDictionary<string, Value> variables)
    {
        _names = new Dictionary<string, Value>(StringComparer.OrdinalIgnoreCase)
        {
            ["parameters"] = new FieldsValue(parameters),
            ["variables"] = new FieldsValue(variables),
        };
    }

    public IReadOnlyDictionary<string, Value> Variables => ((FieldsValue)_names["variables"]).Fields;

    public Value? Find(string name) => _names.GetValueOrDefault(name);

    /// <summary>Functions of the run, such as succeeded(), are not known while templates are expanded.</summary>
    public Value? Call(string function, IReadOnlyList<Value> arguments) => null;

    /// <summary>The same with a loop's variable.</summary>
    public TemplateScope With(string name, Value value) => new(new Dictionary<string, Value>(_names, StringComparer.OrdinalIgnoreCase) { [name] = value });

    /// <summary>The same with more variables; the inner ones win.</summary>
    public TemplateScope WithVariables(IEnumerable<KeyValuePair<string, Value>> variables)
    {
        var merged = new Dictionary<string, Value>(Variables, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in variables)
        {
            merged[name] = value;
        }

        return With("variables", new FieldsValue(merged));
    }

    /// <summary>The scope of a template: its own parameters, the variables from here, no loop variables.</summary>
    public TemplateScope Inside(IReadOnlyDictionary<string, Value> parameters) => new(parameters, Variables);
}
