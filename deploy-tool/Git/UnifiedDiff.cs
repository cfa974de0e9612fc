using System.Globalization;
using System.Text;

namespace FaceEdge.Deploy.Git;

/// <summary>
/// A unified diff of two versions of a file, as <c>git diff</c> prints it. Where both have as many lines, as after edits of one-line
/// values, lines are compared one by one; otherwise by the shortest path from the one to the other.
/// </summary>
internal static class UnifiedDiff
{
    private const int ContextLines = 3;

    /// <summary>Lines that are added or taken out at most; versions that are further apart are shown as one change.</summary>
    private const int MostSteps = 400;

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
            return Shortest(before, old, after, now, head, tail) ?? [new Edit(head, old.Count - tail, head, now.Count - tail)];
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

    /// <summary>
    /// The fewest lines taken out and added that lead from one version to the other (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986);
    /// null where they are too many to be worth the search, or all on one side.
    /// </summary>
    private static List<Edit>? Shortest(ReadOnlySpan<byte> before, List<Range> old, ReadOnlySpan<byte> after, List<Range> now, int head, int tail)
    {
        var (rows, columns) = (old.Count - tail - head, now.Count - tail - head);
        if (rows == 0 || columns == 0)
        {
            return null;
        }

        // How far each diagonal reaches after so many steps; diagonals are numbered from -MostSteps - 1.
        var reach = new int[(2 * MostSteps) + 3];
        var zero = MostSteps + 1;
        var trace = new List<int[]>();
        for (var steps = 0; steps <= MostSteps; steps++)
        {
            trace.Add([.. reach.AsSpan(zero - steps - 1, (2 * steps) + 3)]);
            for (var diagonal = -steps; diagonal <= steps; diagonal += 2)
            {
                var adds = diagonal == -steps || (diagonal != steps && reach[zero + diagonal - 1] < reach[zero + diagonal + 1]);
                var row = adds ? reach[zero + diagonal + 1] : reach[zero + diagonal - 1] + 1;
                while (row < rows && row - diagonal < columns && before[old[head + row]].SequenceEqual(after[now[head + row - diagonal]]))
                {
                    row++;
                }

                reach[zero + diagonal] = row;
                if (row >= rows && row - diagonal >= columns)
                {
                    return Walk(trace, rows, columns, head);
                }
            }
        }

        return null;
    }

    /// <summary>The path that was found, from its end back to its start; steps beside each other are one edit.</summary>
    private static List<Edit> Walk(List<int[]> trace, int row, int column, int head)
    {
        var edits = new List<Edit>();
        for (var steps = trace.Count - 1; steps > 0; steps--)
        {
            var (reach, zero, diagonal) = (trace[steps], steps + 1, row - column);
            var adds = diagonal == -steps || (diagonal != steps && reach[zero + diagonal - 1] < reach[zero + diagonal + 1]);
            row = reach[zero + (adds ? diagonal + 1 : diagonal - 1)];
            column = row - (adds ? diagonal + 1 : diagonal - 1);
            var (oldEnd, newEnd) = (head + row + (adds ? 0 : 1), head + column + (adds ? 1 : 0));
            if (edits is [.., var behind] && behind.OldStart == oldEnd && behind.NewStart == newEnd)
            {
                edits[^1] = behind with { OldStart = head + row, NewStart = head + column };
            }
            else
            {
                edits.Add(new Edit(head + row, oldEnd, head + column, newEnd));
            }
        }

        edits.Reverse();
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

    /// <summary>First line, from 1, and count; no line comes after the line before it.</summary>
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
