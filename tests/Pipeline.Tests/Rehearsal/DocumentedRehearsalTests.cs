using System.Text.RegularExpressions;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Rehearsal;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

/// <summary>Each line of the documents that rehearses or packs is one that the tool understands; the tests of whole rehearsals take minutes.</summary>
public sealed partial class DocumentedRehearsalTests
{
    [Theory]
    [InlineData("README.md", 1)]
    [InlineData("docs/rehearse.md", 2)]
    public void Rehearsals_of_the_documents_parse(string document, int count)
    {
        string[] lines = [.. Line().Matches(Repository.Read(document)).Select(match => match.Groups[1].Value.Trim())];

        Assert.Equal(count, lines.Length);
        Assert.All(lines, line =>
        {
            var root = Program.CreateCommands();
            GlobalOptions.AddTo(root);
            Assert.Empty(root.Parse(line).Errors);
        });
    }

    [GeneratedRegex("^(?:deploy-tool|dotnet run --project deploy-tool/Rehearsal --) (rehearse[^#\n]*)", RegexOptions.Multiline)]
    private static partial Regex Line();
}
