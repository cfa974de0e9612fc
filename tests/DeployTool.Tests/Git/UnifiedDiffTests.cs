using System.Text;
using CsCheck;
using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.Tests.Git;

public sealed class UnifiedDiffTests
{
    [Theory]
    [InlineData("a\n", "a\n", "")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n", "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n")]
    [InlineData("image: a1\nb\n", "image: a2\nb\n", "@@ -1,2 +1,2 @@\n-image: a1\n+image: a2\n b\n")]
    [InlineData("a\nb: x1", "a\nb: x22", "@@ -1,2 +1,2 @@\n a\n-b: x1\n\\ No newline at end of file\n+b: x22\n\\ No newline at end of file\n")]
    [InlineData("a\n1b\n", "a\n22b\n", "@@ -1,2 +1,2 @@\n a\n-1b\n+22b\n")]
    [InlineData("a\nb\n", "a\nx\nb\n", "@@ -1,2 +1,3 @@\n a\n+x\n b\n")]
    [InlineData("a\r\nb\n", "a\nb\n", "@@ -1,2 +1,2 @@\n-a\r\n+a\n b\n")]
    [InlineData("é1\n", "è1\n", "@@ -1,1 +1,1 @@\n-é1\n+è1\n")]
    [InlineData("", "a\n", "@@ -0,0 +1,1 @@\n+a\n")]
    [InlineData("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "x\n2\n3\n4\n5\n6\n7\nx\n9\n", "@@ -1,9 +1,9 @@\n-1\n+x\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+x\n 9\n")]
    [InlineData(
        "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "x\n2\n3\n4\n5\n6\n7\n8\nx\n", "@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+x\n")]
    [InlineData("1\n2\n3\n", "x\ny\n3\n", "@@ -1,3 +1,3 @@\n-1\n-2\n+x\n+y\n 3\n")]
    [InlineData("1\n2\n3\n4\n", "x\n2\n3\n4\ny\n", "@@ -1,4 +1,5 @@\n-1\n+x\n 2\n 3\n 4\n+y\n")]
    [InlineData("a\nb\nc\nd\n", "b\nx\nc\ny\nd\nz\n", "@@ -1,4 +1,6 @@\n-a\n b\n+x\n c\n+y\n d\n+z\n")]
    public void A_change_is_shown_with_three_whole_lines_around_it(string before, string after, string hunk)
    {
        var diff = UnifiedDiff.Format("f", Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after));

        Assert.Equal(hunk.Length == 0 ? "" : "--- a/f\n+++ b/f\n" + hunk, diff);
    }

    /// <summary>Any two files: the diff is one that git takes the one file to the other by.</summary>
    [Fact]
    public void A_diff_applied_to_the_one_version_is_the_other() =>
        Gen.Select(Gen.OneOf(Gen.Const("a"), Gen.Const("b"), Gen.Const("c"), Gen.Const("")).Array[0, 12], Gen.OneOf(Gen.Const("a"), Gen.Const("b"), Gen.Const("d"), Gen.Const("")).Array[0, 12]).Sample((old, now) =>
        {
            var (before, after) = (string.Concat(old.Select(line => line + "\n")), string.Concat(now.Select(line => line + "\n")));

            Assert.Equal(after, Applied(before, UnifiedDiff.Format("f", Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after))));
        });

    private static string Applied(string before, string diff)
    {
        var (lines, result, at) = (before.Split('\n')[..^1], new StringBuilder(), 0);
        foreach (var line in diff.Split('\n', StringSplitOptions.None).Skip(2).SkipLast(1))
        {
            if (line.StartsWith("@@", StringComparison.Ordinal))
            {
                var place = line.Split(' ')[1][1..].Split(',').Select(number => int.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
                for (var start = place[1] == 0 ? place[0] : place[0] - 1; at < start; at++)
                {
                    result.Append(lines[at]).Append('\n');
                }
            }
            else if (line[0] == '+')
            {
                result.Append(line[1..]).Append('\n');
            }
            else
            {
                Assert.Equal(lines[at++], line[1..]);
                _ = line[0] == ' ' ? result.Append(line[1..]).Append('\n') : result;
            }
        }

        return diff.Length == 0 ? before : result.Append(string.Concat(lines[at..].Select(line => line + "\n"))).ToString();
    }
}
