using System.Text;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>The first line in which two texts differ.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Before">The line of the one, without blanks around it; empty where it has ended.</param>
/// <param name="After">The line of the other.</param>
internal sealed record LineDifference(int Line, string Before, string After)
{
    /// <summary>Null where the texts are the same.</summary>
    public static LineDifference? First(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var common = before.CommonPrefixLength(after);
        if (common == before.Length && common == after.Length)
        {
            return null;
        }

        var start = before[..common].LastIndexOf((byte)'\n') + 1;
        return new LineDifference(before[..common].Count((byte)'\n') + 1, LineAt(before[start..]), LineAt(after[start..]));
    }

    private static string LineAt(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text.IndexOf((byte)'\n') is >= 0 and var end ? text[..end] : text).Trim();
}
