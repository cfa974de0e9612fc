using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using FaceEdge.CommandLine;
using FaceEdge.Commands;

namespace FaceEdge.Tests.Docs;

/// <summary>Each face-detector command line that the documents show is one that the program understands.</summary>
public sealed partial class DocumentedCommandsTests
{
    [Fact]
    public void Commands_of_the_documents_parse()
    {
        var wrong = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (file, command) in Documents().SelectMany(file => Commands(File.ReadAllText(file)).Select(command => (file, command))))
        {
            var parsed = CommandSet.Create().Parse([.. ShellLines.Words(command)]);
            if (UsageError.Of(parsed) is { } fault)
            {
                wrong.Add($"{Path.GetFileName(file)}: {command}: {fault}");
            }

            seen.Add(parsed.CommandResult.Command.Name);
        }

        Assert.Empty(wrong);
        Assert.Superset(new HashSet<string>([CommandSet.Create().Name, "list", "pull", "verify", "eval", "compare", "demo"], StringComparer.Ordinal), seen);
    }

    private static IEnumerable<string> Documents([CallerFilePath] string path = "")
    {
        var root = Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..");
        return [.. Directory.GetFiles(Path.Combine(root, "docs"), "*.md"), Path.Combine(root, "README.md"), Path.Combine(root, "face-detector", "training", "README.md")];
    }

    /// <summary>The arguments of command lines in code blocks, and of those in running text that have options: others only name a command. "PATH…" stands for several.</summary>
    private static IEnumerable<string> Commands(string text) => ShellLines.Of(text)
        .Concat(Span().Matches(text).Select(span => span.Groups[1].Value.Replace('\n', ' ')))
        .Select(line => Program().Match(line.Trim()))
        .Where(match => match.Success)
        .Select(match => match.Groups[1].Value.Replace("…", "", StringComparison.Ordinal));

    /// <summary>By its name, or through the SDK; variables may stand before it.</summary>
    [GeneratedRegex(@"^(?:[A-Z][A-Za-z_]*=\S+ +)*(?:face-detector(?= )|dotnet run --project face-detector(?: --configuration Release)?(?: --(?= )|$))(.*)$", RegexOptions.Singleline)]
    private static partial Regex Program();

    [GeneratedRegex(@"(?<!`)`(face-detector [^`]+ --[^`]+)`(?!`)")]
    private static partial Regex Span();
}
