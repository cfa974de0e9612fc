using Spectre.Console;

namespace FaceEdge.Deploy.Commands;

/// <summary>The diffs of a change for people. A fleet's are all alike, so that a few of them say it; JSON has them all.</summary>
internal static class DiffLines
{
    private const int MaxDiffs = 5;

    public static void Render(IAnsiConsole console, IReadOnlyList<string> diffs)
    {
        foreach (var diff in diffs.Take(MaxDiffs))
        {
            console.WriteLine(diff.TrimEnd('\n'));
        }

        if (diffs.Count > MaxDiffs)
        {
            console.WriteLine($"… and {diffs.Count - MaxDiffs} more files alike");
        }
    }
}
