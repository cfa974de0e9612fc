using System.Text.RegularExpressions;

namespace FaceEdge.Deploy.Git;

/// <summary>
/// A branch that holds one change on top of another branch until somebody merges it. It is replaced when the change or what it stands on is
/// another, and never when it holds somebody else's work.
/// </summary>
/// <param name="repository">The clone.</param>
/// <param name="target">The branch that is to get the change.</param>
/// <param name="branch">Where the change waits, at the same remote.</param>
/// <param name="time">For the commit.</param>
internal sealed partial class ProposedBranch(GitRepository repository, RemoteBranch target, RemoteBranch branch, TimeProvider time)
{
    /// <summary>The trailer that names the branch, and the tree that the commit was made with: another tree is another's work.</summary>
    public const string TrailerKey = "Proposed-As";

    private const char RecordStart = '\u001e';
    private const char FieldEnd = '\u001f';

    private readonly CommitDraft _draft = new(repository, time);

    public string Name => branch.Branch;

    /// <summary>Puts a change on the branch.</summary>
    /// <param name="planned">The change, on top of the target's newest commit.</param>
    /// <param name="folder">Where the change is: the branch stays as it is while nothing there has changed on either side.</param>
    /// <param name="isPassing">Which trailers may be others without the change being another.</param>
    /// <param name="cancellation">Stops it until the push.</param>
    /// <returns>The commit; null when another push to the branch came first, which says why.</returns>
    /// <exception cref="GitException">The branch holds somebody else's work, or the remote says no; nothing was written.</exception>
    public async Task<(ProposedCommit? Commit, string Lost)> TryPushAsync(
        PlannedCommit planned, string folder, Func<string, bool> isPassing, CancellationToken cancellation)
    {
        var tip = await branch.TryFetchAsync(cancellation);
        var own = tip is null ? null : await OwnAsync(tip, planned.Parent.Commit, cancellation);
        var tree = await _draft.CreateTreeAsync(planned.Parent, planned.Changes, cancellation);
        var message = planned.Message with { Trailers = [new Trailer(TrailerKey, $"{Name} {tree}"), .. planned.Message.Trailers] };
        if (own is not null && IsSame(own.Message, message.ToString(), isPassing) && await IsInPlaceAsync(tip!, tree, planned.Parent.Commit, folder, cancellation))
        {
            return (new ProposedCommit(tip!, message, IsNew: false), "");
        }

        var commit = await _draft.CommitAsync(tree, planned.Parent.Commit, message, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var push = await branch.ReplaceAsync(commit, tip, cancellation);
        return push.Landed ? (new ProposedCommit(commit, message, IsNew: true), "") : (null, push.Reason);
    }

    /// <summary>The branch's own commit; null where all of it is in the target already.</summary>
    /// <exception cref="GitException">It holds a commit that is not ours.</exception>
    private async Task<LoggedCommit?> OwnAsync(string tip, string onto, CancellationToken cancellation)
    {
        LoggedCommit? own = null;
        var log = await repository.Git.RunAsync(cancellation, "log", "--format=%x1e%H%x1f%T%x1f%P%x1f%an%x1f%s%x1f%B", "--end-of-options", tip, "^" + onto);
        foreach (var commit in log.Split(RecordStart, StringSplitOptions.RemoveEmptyEntries).Select(LoggedCommit.Read))
        {
            if (own is null && Proposal().Match(commit.Message) is { Success: true } proposal && proposal.Groups["branch"].Value == Name && proposal.Groups["tree"].Value == commit.Tree)
            {
                own = commit;
            }
            else if (!await IsUntouchedMergeAsync(commit, cancellation))
            {
                throw GitException.Refused(
                    $"{Name} holds a commit of {commit.Author} ({commit.Hash[..12]} '{commit.Subject}'), which would be lost",
                    $"merge or close what the branch proposes, and delete it: git push {target.Remote} :{Name}; then run it again");
            }
        }

        return own;
    }

    /// <summary>A host's "Update branch" merges the target and changes nothing of its own.</summary>
    private async Task<bool> IsUntouchedMergeAsync(LoggedCommit commit, CancellationToken cancellation)
    {
        var shown = commit.IsMerge ? await repository.Git.TryAsync(cancellation, "show", "--remerge-diff", "--format=", commit.Hash) : null;
        return shown is { Succeeded: true, Output.Length: 0 };
    }

    /// <summary>Whether the branch holds these files on top of what the target still has.</summary>
    private async Task<bool> IsInPlaceAsync(string tip, string tree, string onto, string folder, CancellationToken cancellation)
    {
        var parted = (await repository.Git.TryAsync(cancellation, "merge-base", tip, onto)).Output.Trim();
        return parted.Length > 0 && await FilesAsync(tip) == await FilesAsync(tree) && await FilesAsync(parted) == await FilesAsync(onto);

        async Task<string> FilesAsync(string revision) => (await repository.Git.TryAsync(cancellation, "rev-parse", "--verify", "--quiet", $"{revision}:{folder}")).Output;
    }

    private static bool IsSame(string before, string now, Func<string, bool> isPassing)
    {
        return Lasting(before).SequenceEqual(Lasting(now), StringComparer.Ordinal);

        IEnumerable<string> Lasting(string message) =>
            message.Trim().Split('\n').Where(line => !(line.Split(": ", 2) is [var key, _] && (key == TrailerKey || isPassing(key))));
    }

    [GeneratedRegex("^" + TrailerKey + @": (?<branch>\S+) (?<tree>[0-9a-f]{40,64})$", RegexOptions.Multiline)]
    private static partial Regex Proposal();

    private sealed record LoggedCommit(string Hash, string Tree, bool IsMerge, string Author, string Subject, string Message)
    {
        public static LoggedCommit Read(string text) => text.Split(FieldEnd, 6) is [var hash, var tree, var parents, var author, var subject, var message]
            ? new LoggedCommit(hash, tree, parents.Contains(' ', StringComparison.Ordinal), author, subject, message.Trim())
            : throw GitException.Unavailable("git log answers in another form than it was asked for", "run git fsck");
    }
}

/// <summary>A change that waits on a branch.</summary>
/// <param name="Commit">Full hash.</param>
/// <param name="Message">The message that its commit has, or would have now: what passes may be newer.</param>
/// <param name="IsNew">Whether the branch was moved to it just now.</param>
internal sealed record ProposedCommit(string Commit, CommitMessage Message, bool IsNew);
