using System.Globalization;
using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.History;

/// <summary>The changes that a branch's commits tell of in their trailers, whichever way they came there: pushed, merged, squashed or rebased.</summary>
internal static class TrailerLog
{
    private const char RecordStart = '\u001e';
    private const char FieldEnd = '\u001f';

    /// <summary>The committer of what is merged on GitHub's pages, for whom no person is named.</summary>
    private const string GitHubCommitter = "noreply@github.com";

    /// <summary>Reads the changes that lead to a commit and have one of these trailers, newest first.</summary>
    public static async Task<IReadOnlyList<LoggedChange>> ReadAsync(GitProcess git, string commit, IEnumerable<string> keys, CancellationToken cancellation)
    {
        var log = await git.RunAsync(
            cancellation,
            "log",
            "--topo-order",
            "--format=%x1e%H%x1f%ct%x1f%ce%x1f%cn%x1f%an%x1f%(trailers:only=true,unfold=true)%x1f%B",
            "--extended-regexp",
            $"--grep=^[[:space:]]*({string.Join('|', keys)}):",
            "--end-of-options",
            commit);
        var changes = log.Split(RecordStart, StringSplitOptions.RemoveEmptyEntries).SelectMany(Read).ToList();
        return changes.Exists(change => change.ProposedAs is not null) ? await LandAsync(git, commit, changes, cancellation) : changes;
    }

    private static IEnumerable<LoggedChange> Read(string text)
    {
        if (text.Split(FieldEnd, 7) is not [var commit, var seconds, var address, var committer, var author, var trailers, var message])
        {
            return [];
        }

        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));
        var by = address == GitHubCommitter ? author : committer;
        var proposed = message.Contains(ProposedBranch.TrailerKey, StringComparison.Ordinal) ? ProposedTrailers.Find(message) : [];
        return proposed.Count == 0
            ? [new LoggedChange(commit, at, by, ReadTrailers(trailers))]
            : proposed.Reverse().Select(one => new LoggedChange(commit, at, by, one));
    }

    private static List<Trailer> ReadTrailers(string trailers) =>
    [
        .. trailers.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ", 2))
            .Where(parts => parts.Length == 2)
            .Select(parts => new Trailer(parts[0], parts[1].Trim())),
    ];

    /// <summary>What came by a merge commit counts from the merge on, not from when it was proposed.</summary>
    private static async Task<IReadOnlyList<LoggedChange>> LandAsync(GitProcess git, string tip, List<LoggedChange> changes, CancellationToken cancellation)
    {
        var direct = (await git.RunAsync(cancellation, "rev-list", "--first-parent", "--end-of-options", tip)).Split('\n').ToHashSet(StringComparer.Ordinal);
        var merged = changes.Where(change => change.ProposedAs is not null && !direct.Contains(change.Commit)).Select(change => change.Commit).ToHashSet(StringComparer.Ordinal);
        if (merged.Count == 0)
        {
            return changes;
        }

        var landings = await Landings.ReadAsync(git, tip, cancellation);

        // A host may give the merge the text of the pull request, and with it the trailers of the commit that it merges.
        var landed = changes.Where(change => !merged.Contains(change.Commit)).Select(change => (change.Commit, change.ProposedAs)).ToHashSet();
        return
        [
            .. changes
                .Select(change => merged.Contains(change.Commit) ? (Change: change, Merge: landings.MergeOf(change.Commit)) : (Change: change, Merge: null))
                .Where(one => one.Merge is null || !landed.Contains((one.Merge.Commit, one.Change.ProposedAs)))
                .Select(one => (Change: one.Merge is { } merge ? one.Change with { At = merge.At, By = merge.By } : one.Change, Order: landings.OrderOf(one.Merge?.Commit ?? one.Change.Commit)))
                .OrderBy(one => one.Order)
                .Select(one => one.Change),
        ];
    }
}

/// <summary>A change as a commit tells it.</summary>
/// <param name="Commit">Full hash.</param>
/// <param name="At">When it came to the branch.</param>
/// <param name="By">Who brought it there: the committer, or who merged it.</param>
/// <param name="Trailers">All trailers, in order.</param>
internal sealed record LoggedChange(string Commit, DateTimeOffset At, string By, IReadOnlyList<Trailer> Trailers)
{
    /// <summary>The branch and tree that it was proposed with; null for what was pushed.</summary>
    public string? ProposedAs { get; } = Trailers.FirstOrDefault(trailer => trailer.Key == ProposedBranch.TrailerKey)?.Value;
}
