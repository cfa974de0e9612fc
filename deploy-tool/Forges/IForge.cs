namespace FaceEdge.Deploy.Forges;

/// <summary>
/// What a host of Git repositories does beyond Git: pull requests of one repository. Requests that may be repeated are, a few times, where the host
/// is away or asks to wait.
/// </summary>
public interface IForge : IDisposable
{
    /// <summary>What messages call it: the address of the repository's page, without a scheme.</summary>
    string Name { get; }

    /// <summary>Characters of a pull request's text at most.</summary>
    int LongestText { get; }

    /// <summary>The open pull request of a branch into another; else the last one that there was; null when there was none.</summary>
    /// <exception cref="ForgeException">The host gives no usable answer.</exception>
    Task<PullRequest?> FindAsync(string branch, string into, CancellationToken cancellation);

    /// <summary>A pull request as it is now.</summary>
    /// <exception cref="ForgeException">The host gives no usable answer.</exception>
    Task<PullRequest> ReadAsync(int number, CancellationToken cancellation);

    /// <summary>Opens a pull request; where another run was quicker, its one.</summary>
    /// <exception cref="ForgeException">The host does not take it.</exception>
    Task<PullRequest> OpenAsync(PullRequestDraft draft, CancellationToken cancellation);

    /// <summary>Gives an open pull request title and text.</summary>
    /// <exception cref="ForgeException">The host does not take them.</exception>
    Task<PullRequest> UpdateAsync(int number, PullRequestDraft draft, CancellationToken cancellation);

    /// <summary>Adds labels.</summary>
    /// <exception cref="ForgeException">The host does not take them.</exception>
    Task LabelAsync(int number, IReadOnlyList<string> labels, CancellationToken cancellation);

    /// <summary>Lets the host merge the pull request, as one commit, as soon as its rules let it.</summary>
    /// <exception cref="ForgeException">The host does not do so.</exception>
    Task CompleteAutomaticallyAsync(PullRequest open, PullRequestDraft draft, CancellationToken cancellation);
}

/// <summary>A pull request as it is to be.</summary>
/// <param name="Branch">Name of the branch with the change.</param>
/// <param name="Into">Name of the branch that is to get it.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">Markdown, no longer than the host takes.</param>
/// <param name="CommitText">What stands below the title in the commit that the host makes of it, where the host takes it.</param>
public sealed record PullRequestDraft(string Branch, string Into, string Title, string Text, string CommitText);

/// <summary>A pull request as the host has it.</summary>
/// <param name="Number">What people call it by.</param>
/// <param name="Page">Where people see it.</param>
/// <param name="State">How it stands.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">Markdown; line ends are LF.</param>
/// <param name="Labels">Names.</param>
/// <param name="MergeCommit">The commit by which it came into its target, full hash; null while it has not, or where the host does not say.</param>
public sealed record PullRequest(
    int Number, Uri Page, PullRequestState State, string Title, string Text, IReadOnlyList<string> Labels, string? MergeCommit)
{
    /// <summary>What the host itself calls it by, where that is another name; null where it is not.</summary>
    internal string? NodeId { get; init; }

    /// <summary>Who opened it, by the host's identifier; null where the host does not say.</summary>
    internal string? OpenedBy { get; init; }
}

/// <summary>How a pull request stands.</summary>
public enum PullRequestState
{
    /// <summary>It waits.</summary>
    Open,

    /// <summary>Its change is in its target.</summary>
    Merged,

    /// <summary>It was closed, and its change is not in its target.</summary>
    Closed,
}

/// <summary>Makes the client that a host needs.</summary>
public static class Forge
{
    /// <summary>A client for the pull requests of a repository. The caller disposes it.</summary>
    /// <param name="repository">Which.</param>
    /// <param name="token">What the host knows us by.</param>
    /// <param name="time">For waits between tries.</param>
    public static IForge Connect(ForgeRepository repository, ForgeToken token, TimeProvider time) => repository.Kind switch
    {
        ForgeKind.GitHub => new GitHubForge(repository, token, time),
        _ => new AzureReposForge(repository, token, time),
    };
}
