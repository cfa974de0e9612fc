using System.Text.RegularExpressions;

namespace FaceEdge.Deploy.Git;

/// <summary>
/// What <c>git push --porcelain</c> says of one reference (git-push, "OUTPUT"): <c>flag TAB from:to TAB summary (reason)</c>. It alone tells what
/// became of the reference: hooks may print anything beside it.
/// </summary>
/// <param name="Flag"><c>!</c> for a reference that was not taken.</param>
/// <param name="Summary">Such as <c>[rejected]</c>, <c>[remote rejected]</c> or the old and new commit.</param>
/// <param name="Reason">In parentheses after it; empty when there is none.</param>
internal sealed partial record PushStatus(char Flag, string Summary, string Reason)
{
    private const string RemoteRejected = "[remote rejected]";

    /// <summary>The remote itself said no: a hook, a policy, a reference that it could not move.</summary>
    public bool IsRemoteRejected => Flag == '!' && Summary == RemoteRejected;

    /// <summary>Someone else's push came first (github.com/akuity/kargo, issues 3071 and 5286), or holds the reference's lock.</summary>
    public bool IsLostRace => Flag == '!' && Lost().IsMatch(Reason);

    /// <summary>Reads the line of <paramref name="reference"/>; null when there is none, since the push did not come that far.</summary>
    public static PushStatus? Find(string porcelain, string reference)
    {
        foreach (var line in porcelain.Split('\n'))
        {
            if (line.Split('\t', 3) is [{ Length: 1 } flag, var names, var rest] && names.EndsWith(":" + reference, StringComparison.Ordinal))
            {
                var parts = SummaryAndReason().Match(rest.TrimEnd('\r'));
                return new PushStatus(flag[0], parts.Groups["summary"].Value, parts.Groups["reason"].Value);
            }
        }

        return null;
    }

    [GeneratedRegex(@"^(?<summary>\[[^\]]*\]|\S+)(?: \((?<reason>.*)\))?$", RegexOptions.Singleline)]
    private static partial Regex SummaryAndReason();

    [GeneratedRegex("^(non-fast-forward|fetch first|stale info|cannot lock ref|incorrect old value provided|failed to update ref|failed to lock)")]
    private static partial Regex Lost();
}
