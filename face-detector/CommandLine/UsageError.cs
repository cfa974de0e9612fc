using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using FaceEdge.Contracts;

namespace FaceEdge.CommandLine;

/// <summary>What is wrong with a command line, on one line: which word is not known and which one was probably meant.</summary>
internal static partial class UsageError
{
    /// <summary>Of a command line that could not be parsed, or in which a misspelt option was taken for an argument; null when all is well.</summary>
    public static string? Of(ParseResult parse)
    {
        if (parse.Action is HelpAction)
        {
            return null;
        }

        var swallowed = parse.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .Where(word => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2).ToList();
        return (swallowed.Count, parse.Errors.Count) switch
        {
            (0, 0) => null,
            (0, _) => Describe(parse),
            _ => string.Join("; ", swallowed.Select(word => UnknownOption(word, parse.CommandResult))),
        };
    }

    private static string Describe(ParseResult parse)
    {
        var messages = parse.Errors.Select(error => error.Message.Trim().TrimEnd('.'))
            .Where(message => !message.StartsWith("Unrecognized command or argument", StringComparison.Ordinal)).ToList();
        var absent = messages.Where(message => Absent().IsMatch(message)).ToList();
        List<string> wrong =
        [
            .. Unknown(parse),
            .. messages.Except(absent).Select(Reworded),
        ];

        // What is wrong may be why something is absent: a misspelt option leaves the right one out.
        return string.Join("; ", wrong.Count > 0 ? wrong : absent.Select(message => $"{Absent().Match(message).Groups["name"].Value} is missing"));
    }

    /// <summary>What the parser says of an option's values, in the words of everything else here.</summary>
    private static string Reworded(string message) =>
        ValueMissing().Match(message) is { Success: true } missing ? $"{missing.Groups[1].Value} needs a value"
        : TooManyValues().Match(message) is { Success: true } many ? $"{many.Groups[1].Value} takes one value, and is given {many.Groups[2].Value}"
        : message;

    /// <summary>A word in a command's place that names none.</summary>
    public static string UnknownCommand(Command command, string word) =>
        $"there is no command '{word}'{Suggestion.For(word, command.Subcommands.Where(one => !one.Hidden).Select(one => one.Name))}";

    /// <summary>How the command of a command line is called for its help, such as <c>deploy-tool gate</c>.</summary>
    public static string HelpOf(ParseResult parse)
    {
        var names = new List<string>();
        for (SymbolResult? result = parse.CommandResult; result is CommandResult command; result = command.Parent)
        {
            names.Insert(0, command.Command.Name);
        }

        return $"see {string.Join(' ', names)} --help";
    }

    /// <summary>Options that are not known; else, or after a word in a command's place, the first word that is not, since what follows an unknown word is often its value.</summary>
    private static IEnumerable<string> Unknown(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        var options = parse.UnmatchedTokens.Where(token => token.Length > 1 && token[0] == '-').ToList();
        if (options.Count > 0 && !(command.Subcommands.Count > 0 && parse.UnmatchedTokens[0] != options[0]))
        {
            return options.Select(token => UnknownOption(token, parse.CommandResult));
        }

        return parse.UnmatchedTokens.Take(1).Select(token => command.Subcommands.Count > 0
            ? UnknownCommand(command, token)
            : $"'{token}' is one argument too many{OptionFor(token, command)}");
    }

    /// <summary>NAME=VALUE is what an option of the command takes, where it has such a one.</summary>
    private static string OptionFor(string word, Command command) =>
        word.Contains('=', StringComparison.Ordinal) && command.Options.FirstOrDefault(option => option.HelpName?.Contains('=', StringComparison.Ordinal) == true) is { } option
            ? $"; did you mean {option.Name} {word}?"
            : "";

    private static string UnknownOption(string word, CommandResult command) =>
        $"there is no option {word.Split('=')[0]}{Suggestion.For(word.Split('=')[0], OptionNames(command))}";

    private static IEnumerable<string> OptionNames(CommandResult command)
    {
        for (var (one, own) = (command, true); one is not null; (one, own) = (one.Parent as CommandResult, false))
        {
            foreach (var option in one.Command.Options.Where(option => !option.Hidden && (own || option.Recursive)))
            {
                yield return option.Name;
            }
        }
    }

    [GeneratedRegex("^Required argument missing for option: '(.+?)'$")]
    private static partial Regex ValueMissing();

    [GeneratedRegex("^Option '(.+?)' expects a single argument but (\\d+) were provided$")]
    private static partial Regex TooManyValues();

    /// <summary>A command, an option or an argument that has to be there.</summary>
    [GeneratedRegex("^(?:Option '(?<name>.+?)' is required|Required argument '(?<name>.+?)' missing for command: '.+?'|Required (?<name>command) was not provided)$")]
    private static partial Regex Absent();
}
