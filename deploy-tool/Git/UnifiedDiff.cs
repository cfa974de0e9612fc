using System.Globalization;
using System.Text;

namespace FaceEdge.Deploy.Git;

/// <summary>
/// A unified diff of two versions of a file, as <c>git diff</c> prints it. Where both have as many lines, as after edits of one-line
/// values, each change stands alone; otherwise all from the first to the last is one.
/// </summary>
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

        var (old, now) = (Lines(before), Lines(after));
        var edits = Edits(before, old, after, now);
        var diff = new StringBuilder();
        diff.Append("--- a/").Append(path).Append("\n+++ b/").Append(path).Append('\n');
        for (var first = 0; first < edits.Count;)
        {
            var count = 1;
            while (first + count < edits.Count && edits[first + count].OldStart - edits[first + count - 1].OldEnd <= 2 * ContextLines)
            {
                count++;
            }

            AppendHunk(diff, edits.GetRange(first, count), before, old, after, now);
            first += count;
        }

        return diff.ToString();
    }

    private static void AppendHunk(
        StringBuilder diff, List<Edit> edits, ReadOnlySpan<byte> before, List<Range> old, ReadOnlySpan<byte> after, List<Range> now)
    {
        var start = Math.Max(0, edits[0].OldStart - ContextLines);
        var end = Math.Min(old.Count, edits[^1].OldEnd + ContextLines);
        var newStart = start + edits[0].NewStart - edits[0].OldStart;
        var newEnd = end + edits[^1].NewEnd - edits[^1].OldEnd;
        diff.Append(CultureInfo.InvariantCulture, $"@@ -{Place(start, end)} +{Place(newStart, newEnd)} @@\n");
        var at = start;
        foreach (var edit in edits)
        {
            Append(diff, ' ', before, old, at, edit.OldStart);
            Append(diff, '-', before, old, edit.OldStart, edit.OldEnd);
            Append(diff, '+', after, now, edit.NewStart, edit.NewEnd);
            at = edit.OldEnd;
        }

        Append(diff, ' ', before, old, at, end);
    }

    /// <summary>Where the versions differ, in order.</summary>
    private static List<Edit> Edits(ReadOnlySpan<byte> before, List<Range> old, ReadOnlySpan<byte> after, List<Range> now)
    {
        var most = Math.Min(old.Count, now.Count);
        var head = 0;
        while (head < most && before[old[head]].SequenceEqual(after[now[head]]))
        {
            head++;
        }

        var tail = 0;
        while (tail < most - head && before[old[^(tail + 1)]].SequenceEqual(after[now[^(tail + 1)]]))
        {
            tail++;
        }

        if (old.Count != now.Count)
        {
            return [new Edit(head, old.Count - tail, head, now.Count - tail)];
        }

        var edits = new List<Edit>();
        for (var line = head; line < old.Count - tail; line++)
        {
            if (before[old[line]].SequenceEqual(after[now[line]]))
            {
                continue;
            }

            var start = edits is [.., var last] && last.OldEnd == line ? last.OldStart : line;
            if (start < line)
            {
                edits.RemoveAt(edits.Count - 1);
            }

            edits.Add(new Edit(start, line + 1, start, line + 1));
        }

        return edits;
    }

    /// <summary>Each line with its end: a changed line end is a change too.</summary>
    private static List<Range> Lines(ReadOnlySpan<byte> text)
    {
        var lines = new List<Range>();
        for (var start = 0; start < text.Length;)
        {
            var length = text[start..].IndexOf((byte)'\n');
            var end = length < 0 ? text.Length : start + length + 1;
            lines.Add(start..end);
            start = end;
        }

        return lines;
    }

    /// <summary>First line, from 1, and count; no line stands behind the line before it.</summary>
    private static string Place(int start, int end) => string.Create(CultureInfo.InvariantCulture, $"{(end > start ? start + 1 : start)},{end - start}");

    private static void Append(StringBuilder diff, char sign, ReadOnlySpan<byte> text, List<Range> lines, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            var line = text[lines[i]];
            diff.Append(sign).Append(Encoding.UTF8.GetString(line));
            if (line is not [.., (byte)'\n'])
            {
                diff.Append("\n\\ No newline at end of file\n");
            }
        }
    }

    /// <summary>Lines that became others; the ends are one past the last.</summary>
    private readonly record struct Edit(int OldStart, int OldEnd, int NewStart, int NewEnd);
}
