using System.Text.RegularExpressions;

namespace FaceEdge.Pipeline.Tests;

public sealed partial class ReadmeTests
{
    [Fact]
    public void Ci_runs_the_test_command_of_the_readme()
    {
        var command = ShellBlock().Matches(Repository.Read("README.md")).Select(match => match.Groups[1].Value.Trim()).Single(text => text.StartsWith("dotnet test", StringComparison.Ordinal));

        Assert.Contains(command, Repository.Read(".ci/run"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs")]
    public void Links_between_documents_lead_somewhere(string place)
    {
        var full = Path.Combine(Repository.Root, place);
        string[] documents = File.Exists(full) ? [full] : Directory.GetFiles(full, "*.md");

        var broken = documents.SelectMany(document => RelativeLink().Matches(File.ReadAllText(document))
            .Select(match => match.Groups[1].Value)
            .Where(target => !Path.Exists(Path.Combine(Path.GetDirectoryName(document)!, target)))
            .Select(target => $"{Path.GetFileName(document)}: {target}"));

        Assert.Empty(broken);
    }

    /// <summary>Code, tables and what has no blank to break at may be longer.</summary>
    [Fact]
    public void Lines_of_prose_are_at_most_120_characters()
    {
        string[] documents =
        [
            .. Directory.GetFiles(Repository.Root, "*.md"),
            .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories),
        ];

        var longer = documents.SelectMany(document => CodeBlock().Replace(File.ReadAllText(document), string.Empty).Split('\n')
            .Where(line => line.Length > 120 && !line.StartsWith('|') && line.Trim().Contains(' ', StringComparison.Ordinal) && !line.StartsWith("    ", StringComparison.Ordinal))
            .Select(line => $"{Path.GetFileName(document)}: {line}"));

        Assert.Empty(longer);
    }

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#\s]+)")]
    private static partial Regex RelativeLink();
}
