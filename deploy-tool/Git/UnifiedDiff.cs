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

        var head = before[..(before[..before.CommonPrefixLength(after)].LastIndexOf((byte)'\n') + 1)];
        var tail = before[^CommonTail(before[head.Length..], after[head.Length..])..];
        var removed = before[head.Length..^tail.Length];
        var added = after[head.Length..^tail.Length];
        var lead = LastLines(head);
        var trail = FirstLines(tail);
        var start = Lines(head) - Lines(lead);
        var context = Lines(lead) + Lines(trail);
        var diff = new StringBuilder();
        diff.Append("--- a/").Append(path).Append("\n+++ b/").Append(path).Append('\n');
        diff.Append(
            CultureInfo.InvariantCulture,
            $"@@ -{start + 1},{context + Lines(removed)} +{start + 1},{context + Lines(added)} @@\n");
        Append(diff, ' ', lead);
        Append(diff, '-', removed);
        Append(diff, '+', added);
        Append(diff, ' ', trail);
        return diff.ToString();
    }

    /// <summary>Bytes of the whole lines that both end with.</summary>
    private static int CommonTail(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var common = 0;
        while (common < before.Length && common < after.Length && before[^(common + 1)] == after[^(common + 1)])
        {
            common++;
        }

        if (BeginsLine(before, before.Length - common) && BeginsLine(after, after.Length - common))
        {
            return common;
        }

        var end = before[^common..].IndexOf((byte)'\n');
        return end < 0 ? 0 : common - end - 1;
    }

    private static bool BeginsLine(ReadOnlySpan<byte> text, int at) => at == 0 || text[at - 1] == '\n';

    private static int Lines(ReadOnlySpan<byte> text) => text.Count((byte)'\n') + (text is [.., not (byte)'\n'] ? 1 : 0);

    private static ReadOnlySpan<byte> LastLines(ReadOnlySpan<byte> text)
    {
        var start = text.Length;
        for (var lines = 0; lines < ContextLines && start > 0; lines++)
        {
            start = text[..(start - 1)].LastIndexOf((byte)'\n') + 1;
        }

        return text[start..];
    }

    private static ReadOnlySpan<byte> FirstLines(ReadOnlySpan<byte> text)
    {
        var end = 0;
        for (var lines = 0; lines < ContextLines && end < text.Length; lines++)
        {
            var length = text[end..].IndexOf((byte)'\n');
            end = length < 0 ? text.Length : end + length + 1;
        }

        return text[..end];
    }

    /// <summary>Lines with their ends: a changed line end is a change too.</summary>
    private static void Append(StringBuilder diff, char sign, ReadOnlySpan<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf((byte)'\n');
            var length = end < 0 ? lines.Length : end + 1;
            diff.Append(sign).Append(Encoding.UTF8.GetString(lines[..length]));
            if (end < 0)
            {
                diff.Append("\n\\ No newline at end of file\n");
            }

            lines = lines[length..];
        }
    }
}
