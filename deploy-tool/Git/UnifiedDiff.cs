using System.Globalization;
using System.Text;

namespace FaceEdge.Deploy.Git;

/// <summary>A unified diff of two versions that differ in one place, as <c>git diff</c> prints it.</summary>
internal static class UnifiedDiff
{
    private const int ContextLines = 3;

    /// <summary>Formats the difference; empty when there is none.</summary>
    public static string Format(string path, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        if (before.SequenceEqual(after))
        {
            return "";
        }

        var old = Lines(before);
        var changed = Lines(after);
        var head = 0;
        while (head < old.Length && head < changed.Length && old[head] == changed[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < old.Length - head && tail < changed.Length - head && old[^(tail + 1)] == changed[^(tail + 1)])
        {
            tail++;
        }

        var start = Math.Max(0, head - ContextLines);
        var after3 = Math.Min(ContextLines, tail);
        var diff = new StringBuilder();
        diff.Append("--- a/").Append(path).Append("\n+++ b/").Append(path).Append('\n');
        diff.Append(
            CultureInfo.InvariantCulture,
            $"@@ -{start + 1},{old.Length - tail + after3 - start} +{start + 1},{changed.Length - tail + after3 - start} @@\n");
        Append(diff, ' ', old.AsSpan(start..head));
        Append(diff, '-', old.AsSpan(head..^tail));
        Append(diff, '+', changed.AsSpan(head..^tail));
        Append(diff, ' ', old.AsSpan((old.Length - tail)..(old.Length - tail + after3)));
        return diff.ToString();
    }

    /// <summary>Lines with their ends: a changed line end is a change too.</summary>
    private static string[] Lines(ReadOnlySpan<byte> content)
    {
        var lines = new List<string>();
        while (!content.IsEmpty)
        {
            var end = content.IndexOf((byte)'\n');
            var length = end < 0 ? content.Length : end + 1;
            lines.Add(Encoding.UTF8.GetString(content[..length]));
            content = content[length..];
        }

        return [.. lines];
    }

    private static void Append(StringBuilder diff, char sign, ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
        {
            diff.Append(sign).Append(line);
            if (!line.EndsWith('\n'))
            {
                diff.Append("\n\\ No newline at end of file\n");
            }
        }
    }
}
