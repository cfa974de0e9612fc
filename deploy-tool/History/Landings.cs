using System.Globalization;
using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.History;

/// <summary>By which merge each commit came to a branch that did not begin there: the first, on the line of first parents, that has it among its ancestors.</summary>
internal sealed class Landings
{
    private const char FieldEnd = '\u001f';

    private readonly Dictionary<string, int> _order;
    private readonly Dictionary<string, MergeCommit> _merges;

    private Landings(Dictionary<string, int> order, Dictionary<string, MergeCommit> merges)
    {
        _order = order;
        _merges = merges;
    }

    /// <summary>Reads the whole history once.</summary>
    public static async Task<Landings> ReadAsync(GitProcess git, string tip, CancellationToken cancellation)
    {
        var log = await git.RunAsync(cancellation, "log", "--topo-order", "--format=%H%x1f%P%x1f%ct%x1f%an", "--end-of-options", tip);
        var commits = log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(FieldEnd, 4)).ToList();
        var order = commits.Index().ToDictionary(commit => commit.Item[0], commit => commit.Index, StringComparer.Ordinal);
        string[] Parents(int commit) => commits[commit][1].Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var line = new List<int>();
        for (int? next = commits.Count > 0 ? 0 : null; next is { } commit; next = Parents(commit) is [var first, ..] ? order[first] : null)
        {
            line.Add(commit);
        }

        var merges = new Dictionary<string, MergeCommit>(StringComparer.Ordinal);
        var seen = line.ToHashSet();
        var open = new Stack<int>();
        foreach (var landing in Enumerable.Reverse(line))
        {
            var merge = new MergeCommit(commits[landing][0], DateTimeOffset.FromUnixTimeSeconds(long.Parse(commits[landing][2], CultureInfo.InvariantCulture)), commits[landing][3]);
            Push(Parents(landing).Skip(1));
            while (open.TryPop(out var commit))
            {
                merges[commits[commit][0]] = merge;
                Push(Parents(commit));
            }
        }

        return new Landings(order, merges);

        void Push(IEnumerable<string> parents)
        {
            foreach (var parent in parents.Select(parent => order[parent]).Where(seen.Add))
            {
                open.Push(parent);
            }
        }
    }

    /// <summary>The merge that brought a commit; null for one that is on the line itself.</summary>
    public MergeCommit? MergeOf(string commit) => _merges.GetValueOrDefault(commit);

    /// <summary>The place of a commit in the history, from the newest.</summary>
    public int OrderOf(string commit) => _order[commit];
}

/// <summary>A merge.</summary>
/// <param name="Commit">Full hash.</param>
/// <param name="At">The committer's date.</param>
/// <param name="By">The author's name: hosts commit in their own.</param>
internal sealed record MergeCommit(string Commit, DateTimeOffset At, string By);
