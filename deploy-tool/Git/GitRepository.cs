namespace FaceEdge.Deploy.Git;

/// <summary>A clone that a command works in: where it is and which branch of which remote it promotes on.</summary>
internal sealed class GitRepository
{
    private readonly GitProcess _git;

    private GitRepository(GitProcess git, string gitDirectory)
    {
        _git = git;
        GitDirectory = gitDirectory;
    }

    /// <summary>The top of the work tree.</summary>
    public string Root => _git.Directory;

    /// <summary>The directory with the clone's own files (index, HEAD).</summary>
    public string GitDirectory { get; }

    public GitProcess Git => _git;

    /// <summary>Finds the repository around <paramref name="directory"/>.</summary>
    /// <exception cref="GitException">There is none, or its history is cut off.</exception>
    public static async Task<GitRepository> OpenAsync(string directory, CancellationToken cancellation)
    {
        if (!Directory.Exists(directory))
        {
            throw GitException.Unusable($"{directory} is not a directory", "give the work tree with --repository");
        }

        var result = await new GitProcess(directory).TryAsync(
            cancellation, "rev-parse", "--show-toplevel", "--absolute-git-dir", "--is-shallow-repository");
        if (!result.Succeeded)
        {
            throw Unusable(directory, result);
        }

        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines[2] == "true")
        {
            throw GitException.Unusable(
                "the clone is shallow, and promotions are read from the history",
                "fetch all of it: git fetch --unshallow, or fetchDepth: 0 in the pipeline's checkout");
        }

        return new GitRepository(new GitProcess(lines[0]), lines[1]);
    }

    /// <summary>
    /// Git's no to a directory in git's words. It prints itself what is to be done about a directory of another user; a message that is not
    /// known here keeps its words.
    /// </summary>
    private static GitException Unusable(string directory, GitResult result)
    {
        if (result.Error.Contains("not a git repository", StringComparison.Ordinal) || result.Error.Contains("must be run in a work tree", StringComparison.Ordinal))
        {
            return GitException.Unusable(
                $"{directory} is not in a Git work tree", "run it in the repository that holds sites/, or name it with --repository");
        }

        var command = result.Error.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith("git config ", StringComparison.Ordinal));
        return GitException.Unusable($"git does not read {directory}: {result.Cause}", command is null ? "fix what it says" : $"if you trust it, run {command}");
    }

    /// <summary>The branch that HEAD is on; null when HEAD is detached, as pipelines check out.</summary>
    public async Task<string?> CurrentBranchAsync(CancellationToken cancellation)
    {
        var result = await _git.TryAsync(cancellation, "symbolic-ref", "--quiet", "--short", "HEAD");
        return result.Succeeded ? result.Output.Trim() : null;
    }

    /// <summary>The commit of a revision; null when there is none.</summary>
    public async Task<string?> ResolveAsync(string revision, CancellationToken cancellation)
    {
        var result = await _git.TryAsync(cancellation, "rev-parse", "--quiet", "--verify", "--end-of-options", revision + "^{commit}");
        return result.Succeeded ? result.Output.Trim() : null;
    }

    public async Task<bool> IsAncestorAsync(string ancestor, string commit, CancellationToken cancellation) =>
        (await _git.TryAsync(cancellation, "merge-base", "--is-ancestor", ancestor, commit)).Succeeded;

    /// <summary>Refuses to go on when a tracked file below a folder differs from HEAD: its change would be neither promoted nor kept apart.</summary>
    public async Task RequireCleanAsync(string folder, CancellationToken cancellation)
    {
        if (await ChangesAsync(folder, cancellation) is [var first, ..])
        {
            throw GitException.Unusable(
                $"the work tree has changes that are not committed ({first.Path})", "commit, stash or restore them (git status), then run it again");
        }
    }

    /// <summary>The tracked files that differ from HEAD, in the index or only in the work tree (git-status, "Porcelain Format Version 1").</summary>
    /// <param name="folder">From the top of the work tree; null for all of it.</param>
    /// <param name="cancellation">Stops git.</param>
    public async Task<IReadOnlyList<UncommittedChange>> ChangesAsync(string? folder, CancellationToken cancellation)
    {
        string[] arguments = ["status", "--porcelain=v1", "-z", "--untracked-files=no", "--no-renames", .. folder is null ? [] : new[] { "--", folder }];
        var changes = await _git.RunAsync(cancellation, arguments);
        return [.. changes.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => new UncommittedChange(line[3..], line[0] != ' '))];
    }
}

/// <summary>A tracked file that differs from HEAD.</summary>
/// <param name="Path">From the top of the work tree.</param>
/// <param name="IsStaged">Whether the index has the change.</param>
internal sealed record UncommittedChange(string Path, bool IsStaged);
