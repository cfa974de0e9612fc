using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Rehearsal.Syntax;

namespace FaceEdge.Deploy.Rehearsal.Expressions;

/// <summary>Evaluates expressions.</summary>
internal static class Evaluator
{
    /// <summary>Reads and evaluates <paramref name="text"/>.</summary>
    /// <exception cref="DeployException">It is not an expression, or asks for what is not there; the message begins with the place.</exception>
    public static Value Evaluate(string text, IScope scope, Place place)
    {
        try
        {
            return Evaluate(ExpressionParser.Parse(text), scope);
        }
        catch (FormatException exception)
        {
            throw place.Fault($"in the expression {text.Trim()}: {exception.Message}", exception);
        }
    }

    /// <exception cref="FormatException">The expression asks for what is not there.</exception>
    public static Value Evaluate(Expression expression, IScope scope) => expression switch
    {
        Expression.Literal literal => literal.Value,
        Expression.Name name => scope.Find(name.Text) ?? throw new FormatException($"'{name.Text}' is not known here"),
        Expression.Member member => MemberOf(Evaluate(member.Target, scope), Evaluate(member.Index, scope)),
        Expression.Each each => ItemsOf(Evaluate(each.Target, scope)),
        Expression.Call call => Call(call, scope),
        _ => throw new InvalidOperationException($"unknown expression {expression}"),
    };

    private static Value Call(Expression.Call call, IScope scope)
    {
        if (Functions.Find(call.Function) is { } function)
        {
            var count = call.Arguments.Count;
            return count >= function.Least && count <= function.Most
                ? function.Apply(call.Arguments, argument => Evaluate(argument, scope))
                : throw new FormatException($"{call.Function} does not take {count} arguments");
        }

        return scope.Call(call.Function, [.. call.Arguments.Select(argument => Evaluate(argument, scope))])
            ?? throw new FormatException($"the function '{call.Function}' is not known here");
    }

    /// <summary>A missing member is null, as in Azure Pipelines; a filtered list gives that member of each item.</summary>
    private static Value MemberOf(Value target, Value index) => (target, index) switch
    {
        (FieldsValue { Fields: var fields }, { Text: { } key }) => fields.GetValueOrDefault(key) ?? Value.Null,
        (NodeValue { Node: MappingNode mapping }, { Text: { } key }) => Value.Of(mapping[key]),
        (NodeValue { Node: SequenceNode sequence }, NumberValue { Content: var number }) =>
            number >= 0 && number < sequence.Items.Count ? Value.Of(sequence.Items[(int)number]) : Value.Null,
        (NodeValue { Node: SequenceNode sequence }, { Text: { } key }) => new NodeValue(sequence with
        {
            Items = [.. sequence.Items.OfType<MappingNode>().Select(item => item[key]).OfType<PipelineNode>()],
        }),
        _ => Value.Null,
    };

    private static Value ItemsOf(Value target) => target switch
    {
        NodeValue { Node: SequenceNode } => target,
        FieldsValue => ItemsOf(new NodeValue(target.ToNode(Place.Run))),
        NodeValue { Node: MappingNode mapping } => new NodeValue(new SequenceNode(mapping.Place, [.. mapping.Entries.Select(entry => entry.Value)])),
        _ => new NodeValue(new SequenceNode(Place.Run, [])),
    };
}

/// <summary>What an expression can refer to where it stands.</summary>
internal interface IScope
{
    /// <summary>The value of a name; null when nothing has it here.</summary>
    Value? Find(string name);

    /// <summary>A function that is known here alone, such as <c>succeeded</c>; null when it is none.</summary>
    Value? Call(string function, IReadOnlyList<Value> arguments);
}
