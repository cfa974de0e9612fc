using FaceEdge.Deploy.CommandLine;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Docs;

/// <summary>Each deploy-tool command line that the documents show is one that the tool understands.</summary>
public sealed class DocumentedCommandsTests
{
    [Fact]
    public void Commands_of_the_documents_parse()
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var (file, command) in Documents().SelectMany(file => DocumentedCommands.Of(File.ReadAllText(file)).Select(command => (file, command))))
        {
            var root = Program.CreateCommands();
            GlobalOptions.AddTo(root);
            var parsed = root.Parse(DocumentedCommands.Arguments(command));
            wrong.AddRange(parsed.Errors.Select(error => $"{Path.GetFileName(file)}: {command}: {error.Message}"));
            count++;
        }

        Assert.Empty(wrong);
        Assert.True(count > 10, $"only {count} commands were found: the documents are read in a way that finds none");
    }

    private static IEnumerable<string> Documents() =>
        Directory.GetFiles(Path.Combine(Fleet.RepositoryRoot, "docs"), "*.md").Append(Path.Combine(Fleet.RepositoryRoot, "README.md"));
}
