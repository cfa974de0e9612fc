using System.CommandLine;
using System.CommandLine.Parsing;

namespace FaceEdge.CommandLine;

/// <summary>Rules over several options of a command.</summary>
internal static class OptionRules
{
    /// <summary>
    /// Adds a rule over several options. It is checked once each of them has a value that can be read: one without is reported by itself, and a
    /// rule that read it would throw.
    /// </summary>
    public static void AddRule(this Command command, Action<CommandResult> rule) => command.Validators.Add(result =>
    {
        if (result.Children.OfType<OptionResult>().All(HasValue))
        {
            rule(result);
        }
    });

    private static bool HasValue(OptionResult option) => option.Implicit || (option.Tokens.Count >= option.Option.Arity.MinimumNumberOfValues
        && option.Tokens.Count <= option.Option.Arity.MaximumNumberOfValues);
}
