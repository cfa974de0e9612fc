using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Docs;

/// <summary>The deploy-tool command lines that documents show.</summary>
internal static class DocumentedCommands
{
    /// <summary>Whole command lines of the code blocks of a page below docs/.</summary>
    public static IEnumerable<string> OfPage(string page) => Of(File.ReadAllText(Path.Combine(Fleet.RepositoryRoot, "docs", page + ".md")));

    /// <summary>Whole command lines of code blocks. What leaves something out (…, [--x]) is no command line, and two commands belong to a tool of its own.</summary>
    public static IEnumerable<string> Of(string text) => ShellLines.Of(text)
        .Where(line => line.StartsWith("deploy-tool ", StringComparison.Ordinal) && !line.Contains('…', StringComparison.Ordinal) && !line.Contains('[', StringComparison.Ordinal)
            && !line.StartsWith("deploy-tool rehearse", StringComparison.Ordinal) && !line.StartsWith("deploy-tool pack-image", StringComparison.Ordinal));

    /// <summary>The arguments of a command line.</summary>
    public static string[] Arguments(string line) =>
        [.. ShellLines.Words(line).Skip(1)];
}
