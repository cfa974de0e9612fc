using System.Text.RegularExpressions;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Docs;

/// <summary>The deploy-tool command lines that documents show.</summary>
internal static partial class DocumentedCommands
{
    /// <summary>Whole command lines of the code blocks of a page below docs/.</summary>
    public static IEnumerable<string> OfPage(string page) => Of(File.ReadAllText(Path.Combine(Fleet.RepositoryRoot, "docs", page + ".md")));

    /// <summary>Whole command lines of code blocks. What leaves something out (…, [--x]) is no command line, and two commands belong to a tool of its own.</summary>
    public static IEnumerable<string> Of(string text) => CodeBlock().Matches(text)
        .Where(block => block.Groups[1].Value is "" or "sh" or "bash")
        .SelectMany(block => block.Groups[2].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        .Select(line => Comment().Replace(line, "").Trim())
        .Where(line => line.StartsWith("deploy-tool ", StringComparison.Ordinal) && !line.Contains('…', StringComparison.Ordinal) && !line.Contains('[', StringComparison.Ordinal)
            && !line.StartsWith("deploy-tool rehearse", StringComparison.Ordinal) && !line.StartsWith("deploy-tool pack-image", StringComparison.Ordinal));

    /// <summary>The arguments of a command line.</summary>
    public static string[] Arguments(string line) =>
        [.. Word().Matches(line).Skip(1).Select(match => match.Value.Replace("'", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal))];

    [GeneratedRegex(@"^ *```(\w*)\n(.*?)^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\s#\s.*$")]
    private static partial Regex Comment();

    [GeneratedRegex("""(?:'[^']*'|"[^"]*"|[^\s'"])+""")]
    private static partial Regex Word();
}
