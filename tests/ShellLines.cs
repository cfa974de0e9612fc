using System.Text.RegularExpressions;

namespace FaceEdge.Tests;

/// <summary>What documents show to be typed.</summary>
internal static partial class ShellLines
{
    /// <summary>The lines of a document's shell blocks, continued ones whole, without comments.</summary>
    public static IEnumerable<string> Of(string text) => CodeBlock().Matches(text)
        .Where(block => block.Groups[1].Value is "" or "sh" or "bash")
        .SelectMany(block => block.Groups[2].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        .Select(line => Comment().Replace(line, "").Trim());

    /// <summary>The words of a line, without quotes.</summary>
    public static IEnumerable<string> Words(string line) =>
        Word().Matches(line).Select(match => match.Value.Replace("'", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal));

    [GeneratedRegex(@"^ *```(\w*)\n(.*?)^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\s#\s.*$")]
    private static partial Regex Comment();

    [GeneratedRegex("""(?:'[^']*'|"[^"]*"|[^\s'"])+""")]
    private static partial Regex Word();
}
