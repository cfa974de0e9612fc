using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FaceEdge.Contracts;

namespace FaceEdge.CommandLine;

/// <summary>
/// What an option's value may be. Any other value is an error of the command line, which says what is allowed; it never becomes an exception.
/// Numbers are read as the invariant culture writes them.
/// </summary>
internal static class OptionValues
{
    /// <summary>A whole number; both bounds are allowed.</summary>
    public static Option<int> Between(this Option<int> option, int least, int most)
    {
        option.CustomParser = result => Read(result, text => (int?)LongNumber(text, least, most), AllowedWhole(least, most == int.MaxValue ? long.MaxValue : most));
        return option;
    }

    /// <summary>A whole number; both bounds are allowed.</summary>
    public static Option<long> Between(this Option<long> option, long least, long most)
    {
        option.CustomParser = result => Read(result, text => LongNumber(text, least, most), AllowedWhole(least, most));
        return option;
    }

    /// <summary>A number; both bounds are allowed.</summary>
    public static Option<double> Between(this Option<double> option, double least, double most)
    {
        option.CustomParser = result => Read(result, text => Number(text, least, most), Invariant($"a number from {least} to {most}"));
        return option;
    }

    /// <summary>A number, or none; both bounds are allowed.</summary>
    public static Option<double?> Between(this Option<double?> option, double least, double most)
    {
        option.CustomParser = result => Read(result, text => Number(text, least, most), Invariant($"a number from {least} to {most}"));
        return option;
    }

    /// <summary>A number, or none; both bounds are allowed.</summary>
    public static Option<float?> Between(this Option<float?> option, float least, float most)
    {
        option.CustomParser = result => Read(result, text => (float?)Number(text, least, most), Invariant($"a number from {least} to {most}"));
        return option;
    }

    /// <summary>One of some words, in their spelling whatever the case it was written in.</summary>
    public static Option<string> OneOf(this Option<string> option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.CustomParser = result => Word(result, words);
        return option;
    }

    /// <summary>One of some words, in their spelling whatever the case it was written in.</summary>
    public static Argument<string> OneOf(this Argument<string> argument, params string[] words)
    {
        argument.CompletionSources.Add(words);
        argument.CustomParser = result => Word(result, words);
        return argument;
    }

    /// <summary>One of an enumeration's names, in any case.</summary>
    public static Option<T> OneOfNames<T>(this Option<T> option)
        where T : struct, Enum
    {
        string[] names = [.. Enum.GetNames<T>().Select(name => name.ToLowerInvariant())];
        option.CompletionSources.Add(names);
        option.CustomParser = result => Word(result, names) is { } name ? Enum.Parse<T>(name, ignoreCase: true) : default;
        return option;
    }

    private static string? Word(ArgumentResult result, string[] words)
    {
        var text = result.Tokens[0].Value;
        if (Array.Find(words, word => string.Equals(word, text, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return known;
        }

        result.AddError($"{Name(result)} is '{text}': {string.Join(" or ", words)}{Suggestion.For(text, words)}");
        return null;
    }

    private static long? LongNumber(string text, long least, long most) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null;

    private static string AllowedWhole(long least, long most) => (least, most) switch
    {
        (int.MinValue, long.MaxValue) => "a whole number",
        (_, long.MaxValue) => Invariant($"a whole number of at least {least}"),
        _ => Invariant($"a whole number from {least} to {most}"),
    };

    private static double? Number(string text, double least, double most) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null;

    private static T Read<T>(ArgumentResult result, Func<string, T?> read, string allowed)
        where T : struct
    {
        var text = result.Tokens[0].Value;
        if (read(text) is { } value)
        {
            return value;
        }

        result.AddError($"{Name(result)} is '{text}': {allowed}");
        return default;
    }

    private static string Name(ArgumentResult result) =>
        result.Parent is OptionResult { IdentifierToken.Value: var name } ? name : result.Argument.Name;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
