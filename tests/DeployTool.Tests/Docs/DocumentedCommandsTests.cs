using System.Text.RegularExpressions;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Docs;

/// <summary>Each deploy-tool command line that the documents show is one that the tool understands.</summary>
public sealed partial class DocumentedCommandsTests
{
    [Fact]
    public void Commands_of_the_documents_parse()
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var (file, command) in Documents().SelectMany(file => Lines(File.ReadAllText(file)).Select(command => (file, command))))
        {
            var root = Program.CreateCommands();
            GlobalOptions.AddTo(root);
            var parsed = root.Parse([.. Words(command).Skip(1)]);
            wrong.AddRange(parsed.Errors.Select(error => $"{Path.GetFileName(file)}: {command}: {error.Message}"));
            count++;
        }

        Assert.Empty(wrong);
        Assert.True(count > 10, $"only {count} commands were found: the documents are read in a way that finds none");
    }

    private static IEnumerable<string> Documents() =>
        Directory.GetFiles(Path.Combine(Fleet.RepositoryRoot, "docs"), "*.md").Append(Path.Combine(Fleet.RepositoryRoot, "README.md"));

    /// <summary>Whole command lines of code blocks. What leaves something out (…, [--x]) is no command line, and two commands belong to a tool of its own.</summary>
    private static IEnumerable<string> Lines(string text) => CodeBlock().Matches(text)
        .SelectMany(block => block.Groups[1].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        .Select(line => Comment().Replace(line, "").Trim())
        .Where(line => line.StartsWith("deploy-tool ", StringComparison.Ordinal) && !line.Contains('…', StringComparison.Ordinal) && !line.Contains('[', StringComparison.Ordinal)
            && !line.StartsWith("deploy-tool rehearse", StringComparison.Ordinal) && !line.StartsWith("deploy-tool pack-image", StringComparison.Ordinal));

    private static IEnumerable<string> Words(string line) => Word().Matches(line).Select(match => match.Value.Replace("'", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal));

    [GeneratedRegex(@"^ *```(?:sh|bash)?\n(.*?)^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\s#\s.*$")]
    private static partial Regex Comment();

    [GeneratedRegex("""(?:'[^']*'|"[^"]*"|[^\s'"])+""")]
    private static partial Regex Word();
}
