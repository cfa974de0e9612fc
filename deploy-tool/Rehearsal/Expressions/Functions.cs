using System.Globalization;
using System.Text;
using FaceEdge.Deploy.Rehearsal.Syntax;

namespace FaceEdge.Deploy.Rehearsal.Expressions;

/// <summary>
/// The functions that are known everywhere (learn.microsoft.com/azure/devops/pipelines/process/expressions#functions). <c>counter</c> is
/// not among them: the service keeps its state.
/// </summary>
internal static class Functions
{
    private const int Many = int.MaxValue;

    private static readonly Dictionary<string, Function> All = new(StringComparer.OrdinalIgnoreCase)
    {
        ["and"] = new(2, Many, (arguments, value) => Value.Of(arguments.All(one => value(one).IsTrue))),
        ["or"] = new(2, Many, (arguments, value) => Value.Of(arguments.Any(one => value(one).IsTrue))),
        ["not"] = new(1, 1, (arguments, value) => Value.Of(!value(arguments[0]).IsTrue)),
        ["xor"] = new(2, 2, (arguments, value) => Value.Of(value(arguments[0]).IsTrue != value(arguments[1]).IsTrue)),
        ["eq"] = new(2, 2, (arguments, value) => Value.Of(Value.AreEqual(value(arguments[0]), value(arguments[1])))),
        ["ne"] = new(2, 2, (arguments, value) => Value.Of(!Value.AreEqual(value(arguments[0]), value(arguments[1])))),
        ["gt"] = Ordering(order => order > 0),
        ["ge"] = Ordering(order => order >= 0),
        ["lt"] = Ordering(order => order < 0),
        ["le"] = Ordering(order => order <= 0),
        ["in"] = new(2, Many, (arguments, value) => Value.Of(IsAmong(arguments, value))),
        ["notIn"] = new(2, Many, (arguments, value) => Value.Of(!IsAmong(arguments, value))),
        ["contains"] = OfTexts(2, (texts) => Value.Of(texts[0].Contains(texts[1], StringComparison.OrdinalIgnoreCase))),
        ["startsWith"] = OfTexts(2, (texts) => Value.Of(texts[0].StartsWith(texts[1], StringComparison.OrdinalIgnoreCase))),
        ["endsWith"] = OfTexts(2, (texts) => Value.Of(texts[0].EndsWith(texts[1], StringComparison.OrdinalIgnoreCase))),
        ["lower"] = OfTexts(1, (texts) => Value.Of(texts[0].ToLowerInvariant())),
        ["upper"] = OfTexts(1, (texts) => Value.Of(texts[0].ToUpperInvariant())),
        ["trim"] = OfTexts(1, (texts) => Value.Of(texts[0].Trim())),
        ["replace"] = OfTexts(3, (texts) => Value.Of(texts[1].Length == 0 ? texts[0] : texts[0].Replace(texts[1], texts[2], StringComparison.Ordinal))),
        ["split"] = OfTexts(2, (texts) => ListOf(texts[1].Length == 0 ? [texts[0]] : texts[0].Split(texts[1]))),
        ["join"] = new(2, 2, (arguments, value) => Value.Of(Join(TextOf(value(arguments[0])), value(arguments[1])))),
        ["length"] = new(1, 1, (arguments, value) => new NumberValue(LengthOf(value(arguments[0])))),
        ["containsValue"] = new(2, 2, (arguments, value) => Value.Of(ContainsValue(value(arguments[0]), value(arguments[1])))),
        ["coalesce"] = new(2, Many, (arguments, value) => arguments.Select(value).FirstOrDefault(one => one is not (NullValue or TextValue { Content: "" })) ?? Value.Null),
        ["iif"] = new(3, 3, (arguments, value) => value(arguments[value(arguments[0]).IsTrue ? 1 : 2])),
        ["format"] = new(1, Many, (arguments, value) => Value.Of(Format(TextOf(value(arguments[0])), [.. arguments.Skip(1).Select(one => TextOf(value(one)))]))),
        ["convertToJson"] = new(1, 1, (arguments, value) => Value.Of(value(arguments[0]).ToJson())),
    };

    /// <summary>The function of this name; null when it is none of these.</summary>
    public static Function? Find(string name) => All.GetValueOrDefault(name);

    private static Function Ordering(Func<int, bool> holds) =>
        new(2, 2, (arguments, value) => Value.Of(Compare(value(arguments[0]), value(arguments[1])) is { } order && holds(order)));

    private static Function OfTexts(int count, Func<string[], Value> apply) =>
        new(count, count, (arguments, value) => apply([.. arguments.Select(one => TextOf(value(one)))]));

    /// <summary>Less, equal or more; null when the right one cannot be cast to the kind of the left. Versions compare by their numbers.</summary>
    private static int? Compare(Value left, Value right)
    {
        if (left is TextValue text)
        {
            return Version.TryParse(text.Content, out var one) && Version.TryParse(right.Text, out var other)
                ? one.CompareTo(other)
                : right.Text is { } rightText ? string.Compare(text.Content, rightText, StringComparison.OrdinalIgnoreCase) : null;
        }

        return left.Number is { } number && right.Number is { } rightNumber ? number.CompareTo(rightNumber) : null;
    }

    private static bool IsAmong(IReadOnlyList<Expression> arguments, Func<Expression, Value> value)
    {
        var wanted = value(arguments[0]);
        return arguments.Skip(1).Any(one => Value.AreEqual(wanted, value(one)));
    }

    private static string TextOf(Value value) => value.Text ?? throw new FormatException("a list or a mapping cannot be used as a text; convertToJson makes one of it");

    private static NodeValue ListOf(IEnumerable<string> texts) =>
        new(new SequenceNode(Place.Run, [.. texts.Select(text => new ScalarNode(Place.Run, text))]));

    private static string Join(string separator, Value list) => list is NodeValue { Node: SequenceNode sequence }
        ? string.Join(separator, sequence.Items.Select(item => (item as ScalarNode)?.Value ?? ""))
        : TextOf(list);

    private static int LengthOf(Value value) => value switch
    {
        NodeValue { Node: SequenceNode sequence } => sequence.Items.Count,
        NodeValue { Node: MappingNode mapping } => mapping.Entries.Count,
        _ => TextOf(value).Length,
    };

    private static bool ContainsValue(Value collection, Value wanted) => collection switch
    {
        NodeValue { Node: SequenceNode sequence } => sequence.Items.Any(item => Value.AreEqual(Value.Of(item), wanted)),
        NodeValue { Node: MappingNode mapping } => mapping.Entries.Any(entry => Value.AreEqual(Value.Of(entry.Value), wanted)),
        _ => throw new FormatException("containsValue asks for a list or a mapping"),
    };

    /// <summary><c>{0}</c> stands for an argument; braces themselves are written twice.</summary>
    private static string Format(string pattern, string[] arguments)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c is '{' or '}' && i + 1 < pattern.Length && pattern[i + 1] == c)
            {
                text.Append(c);
                i++;
            }
            else if (c == '{')
            {
                var end = pattern.IndexOf('}', i);
                if (end < 0 || !int.TryParse(pattern.AsSpan(i + 1, end - i - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= arguments.Length)
                {
                    throw new FormatException($"format: '{pattern}' asks for an argument that is not given");
                }

                text.Append(arguments[index]);
                i = end;
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }
}

/// <summary>A function: how many arguments it takes, and what it makes of them; arguments are evaluated when asked for.</summary>
internal sealed record Function(int Least, int Most, Func<IReadOnlyList<Expression>, Func<Expression, Value>, Value> Apply);
