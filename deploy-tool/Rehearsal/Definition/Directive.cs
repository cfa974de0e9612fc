using System.Text.RegularExpressions;
using FaceEdge.Deploy.Rehearsal.Syntax;

namespace FaceEdge.Deploy.Rehearsal.Definition;

/// <summary>A key that directs the expansion.</summary>
internal sealed partial record Directive(DirectiveKind Kind, string Variable, string Argument)
{
    public static Directive? Read(ScalarNode key)
    {
        if (!key.Value.Contains("${{", StringComparison.Ordinal))
        {
            return null;
        }

        var match = Pattern().Match(key.Value);
        if (!match.Success)
        {
            return null;
        }

        var argument = match.Groups["argument"].Value;
        var kind = match.Groups["kind"].Value switch
        {
            "if" => DirectiveKind.If,
            "elseif" => DirectiveKind.ElseIf,
            "else" => DirectiveKind.Else,
            "insert" => DirectiveKind.Insert,
            _ => DirectiveKind.Each,
        };
        if (kind != DirectiveKind.Each)
        {
            return new Directive(kind, "", argument);
        }

        var loop = Loop().Match(argument);
        return loop.Success
            ? new Directive(kind, loop.Groups["variable"].Value, loop.Groups["collection"].Value)
            : throw key.Place.Fault("each is written ${{ each NAME in LIST }}");
    }

    [GeneratedRegex(@"^\s*\$\{\{\s*(?<kind>if|elseif|else|each|insert)\b(?<argument>.*)\}\}\s*\z", RegexOptions.Singleline)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^\s*(?<variable>[A-Za-z_]\w*)\s+in\s+(?<collection>.+)\z", RegexOptions.Singleline)]
    private static partial Regex Loop();
}

internal enum DirectiveKind
{
    If,
    ElseIf,
    Else,
    Each,
    Insert,
}
