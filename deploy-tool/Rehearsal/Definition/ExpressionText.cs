using System.Text;
using FaceEdge.Deploy.Rehearsal.Expressions;
using FaceEdge.Deploy.Rehearsal.Syntax;

namespace FaceEdge.Deploy.Rehearsal.Definition;

/// <summary>Texts with <c>${{ }}</c> in them.</summary>
internal static class ExpressionText
{
    /// <summary>A text that is one expression becomes its value, list and mapping included; otherwise values are put into the text.</summary>
    public static PipelineNode Expand(ScalarNode scalar, TemplateScope scope)
    {
        if (!scalar.Value.Contains("${{", StringComparison.Ordinal))
        {
            return scalar;
        }

        if (WholeExpression(scalar.Value) is { } whole)
        {
            return Evaluator.Evaluate(whole, scope, scalar.Place).ToNode(scalar.Place);
        }

        var text = new StringBuilder();
        var at = 0;
        while (scalar.Value.IndexOf("${{", at, StringComparison.Ordinal) is var start and >= 0)
        {
            var end = EndOf(scalar, start);
            var value = Evaluator.Evaluate(scalar.Value[(start + 3)..end], scope, scalar.Place);
            text.Append(scalar.Value, at, start - at)
                .Append(value.Text ?? throw scalar.Place.Fault("a list or a mapping cannot stand inside a text"));
            at = end + 2;
        }

        return scalar with { Value = text.Append(scalar.Value, at, scalar.Value.Length - at).ToString() };
    }

    /// <summary>The expression that is the whole text; null when it is not one, or more than one.</summary>
    public static string? WholeExpression(string text)
    {
        var trimmed = text.Trim();
        return trimmed.StartsWith("${{", StringComparison.Ordinal) && trimmed.EndsWith("}}", StringComparison.Ordinal)
            && trimmed.IndexOf("${{", 3, StringComparison.Ordinal) < 0 && FindEnd(trimmed, 0) == trimmed.Length - 2
            ? trimmed[3..^2]
            : null;
    }

    private static int EndOf(ScalarNode scalar, int start) =>
        FindEnd(scalar.Value, start) is var end and >= 0 ? end : throw scalar.Place.Fault("'${{' has no closing '}}'");

    /// <summary>Where the expression that begins at <paramref name="start"/> closes, texts in quotes skipped; -1 when it does not.</summary>
    private static int FindEnd(string text, int start)
    {
        var quoted = false;
        for (var i = start + 3; i + 1 < text.Length; i++)
        {
            quoted ^= text[i] == '\'';
            if (!quoted && text[i] == '}' && text[i + 1] == '}')
            {
                return i;
            }
        }

        return -1;
    }
}
