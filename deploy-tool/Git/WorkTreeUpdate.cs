using System.Runtime.InteropServices;
using System.Text;

namespace FaceEdge.Deploy.Git;

/// <summary>
/// Brings the checked-out branch and its files forward to a commit that was made beside them. What can be in the way is looked for before
/// anything is written; each file is written whole under another name and renamed; a journal lets the next run finish what a killed one began.
/// </summary>
internal sealed class WorkTreeUpdate
{
    private readonly GitRepository _repository;
    private readonly string _branch;
    private readonly string _from;
    private readonly string _to;
    private readonly IReadOnlyList<ChangedFile> _changed;
    private readonly bool _isSparse;

    /// <summary>Why there is nothing to bring forward; null when there is.</summary>
    private readonly string? _none;

    /// <summary>Whether files of the work tree may have changed.</summary>
    private bool _isBegun;

    private WorkTreeUpdate(
        GitRepository repository, string branch, string from, string to, IReadOnlyList<ChangedFile> changed, bool isSparse, string? none = null)
    {
        _repository = repository;
        _branch = branch;
        _from = from;
        _to = to;
        _changed = changed;
        _isSparse = isSparse;
        _none = none;
    }

    /// <summary>Finishes an update that was cut off; does nothing when there is none.</summary>
    /// <exception cref="GitException">What stopped it stands in the way still.</exception>
    public static async Task ResumeAsync(GitRepository repository, CancellationToken cancellation)
    {
        var journal = JournalOf(repository);
        if (!File.Exists(journal))
        {
            return;
        }

        if ((await File.ReadAllTextAsync(journal, cancellation)).Split(' ') is [var branch, var from, var to]
            && await repository.CurrentBranchAsync(cancellation) == branch
            && await repository.ResolveAsync("HEAD", cancellation) is { } head && (head == from || head == to))
        {
            var (changed, isSparse) = await ReadAsync(repository, from, to, cancellation);
            if (await HoldsOnlyAsync(repository, changed, cancellation))
            {
                RequireNothingInTheWay(repository, [.. changed.Where(one => one.Status != 'A')]);
                await new WorkTreeUpdate(repository, branch, from, to, changed, isSparse).ApplyAsync(branchHasMoved: head == to);
            }
        }

        File.Delete(journal);
    }

    /// <summary>
    /// Looks at what moving <paramref name="branch"/> to <paramref name="commit"/> would touch; a branch that is not checked out, or has commits of its
    /// own, is left alone.
    /// </summary>
    /// <exception cref="GitException">Something is in the way. Nothing was written.</exception>
    public static async Task<WorkTreeUpdate> PrepareAsync(GitRepository repository, string branch, string commit, CancellationToken cancellation)
    {
        if (await repository.CurrentBranchAsync(cancellation) != branch)
        {
            return None($"{branch} is not checked out");
        }

        var head = await repository.ResolveAsync("HEAD", cancellation);
        if (head is null || !await repository.IsAncestorAsync(head, commit, cancellation))
        {
            return None($"the local {branch} has commits of its own; git pull --rebase brings the promotion in");
        }

        var (changed, isSparse) = await ReadAsync(repository, head, commit, cancellation);

        // Only what lies below sites/ must be clean for a promotion: what is changed elsewhere is kept, and the index as it is. A file that is as
        // the commit has it is in nobody's way.
        var own = await repository.ChangesAsync(folder: null, cancellation);
        var paths = changed.Select(one => one.Path).ToHashSet(StringComparer.Ordinal);
        var touched = own.Select(one => one.Path).ToHashSet(StringComparer.Ordinal);
        var arrived = await ArrivedAsync(
            repository, [.. changed.Where(one => touched.Contains(one.Path) || (one.Status == 'A' && File.Exists(Path.Combine(repository.Root, one.Path))))], cancellation);
        if (own.FirstOrDefault(one => (one.IsStaged || paths.Contains(one.Path)) && !arrived.Contains(one.Path)) is { } mine)
        {
            return None($"{mine.Path} has changes that are not committed; git pull brings the promotion in");
        }

        RequireNothingInTheWay(repository, [.. changed.Where(one => !arrived.Contains(one.Path))]);
        return new WorkTreeUpdate(repository, branch, head, commit, changed, isSparse);

        WorkTreeUpdate None(string why) => new(repository, branch, "", commit, [], false, why);
    }

    /// <summary>Moves branch, files and index. The remote may have the commit already, so that this never fails: it returns null, or what is left to do.</summary>
    public async Task<WorkTreeLeft?> BringForwardAsync()
    {
        if (_none is not null)
        {
            return new WorkTreeLeft(_none, IsHalfDone: false);
        }

        try
        {
            await ApplyAsync(branchHasMoved: false);
            return null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            if (!_isBegun)
            {
                TryDelete(JournalOf(_repository));
            }

            return new WorkTreeLeft(exception.Message.TrimEnd('.'), _isBegun);
        }
    }

    private async Task ApplyAsync(bool branchHasMoved)
    {
        var journal = JournalOf(_repository);
        var partial = journal + ".new";
        await File.WriteAllTextAsync(partial, $"{_branch} {_from} {_to}");
        File.Move(partial, journal, overwrite: true);
        using (var scratch = new ScratchCheckout(_repository))
        {
            var written = await scratch.WriteAsync(_to, [.. _changed.Where(one => one.Status != 'D')], CancellationToken.None);
            if (branchHasMoved)
            {
                await ReplaceFilesAsync(written);
            }
            else
            {
                await using var move = await ReferenceMove.PrepareAsync(_repository.Git, "refs/heads/" + _branch, _from, _to);
                await ReplaceFilesAsync(written);
                await move.CommitAsync();
            }
        }

        // What the index knows of files that did not change stays, so that they need not be read again.
        await _repository.Git.RunAsync(CancellationToken.None, "read-tree", "--reset", "-i", _to);
        await _repository.Git.TryAsync(CancellationToken.None, "update-index", "-q", "--refresh");
        if (_isSparse)
        {
            await _repository.Git.RunAsync(CancellationToken.None, "sparse-checkout", "reapply");
        }

        File.Delete(journal);
    }

    private Task ReplaceFilesAsync(List<(ChangedFile File, string Written)> written)
    {
        _isBegun = true;

        // First, since a folder may come where a file was, and a file where a folder was.
        RemoveDeleted();
        foreach (var added in _changed.Where(one => one.Status == 'A'))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(FullPath(added.Path))!);
        }

        return Renames.RunAsync([.. written.Select(one => (one.Written, FullPath(one.File.Path)))]);
    }

    /// <summary>A folder goes with its last file, unless others come into it: somebody may stand in it.</summary>
    private void RemoveDeleted()
    {
        var needed = _changed.Where(one => one.Status == 'A').SelectMany(one => FoldersOf(one.Path)).ToHashSet(StringComparer.Ordinal);
        foreach (var path in _changed.Where(one => one.Status == 'D').Select(one => one.Path))
        {
            File.Delete(FullPath(path));
            foreach (var folder in FoldersOf(path).TakeWhile(folder => !needed.Contains(folder)).Select(FullPath))
            {
                if (!Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).Any())
                {
                    break;
                }

                Directory.Delete(folder);
            }
        }
    }

    /// <summary>The folders that a path leads through, the nearest first.</summary>
    private static IEnumerable<string> FoldersOf(string path)
    {
        for (var at = path.LastIndexOf('/'); at > 0; at = path.LastIndexOf('/', at - 1))
        {
            yield return path[..at];
        }
    }

    /// <summary>What differs, without the files that a sparse checkout leaves out of the work tree.</summary>
    private static async Task<(IReadOnlyList<ChangedFile> Changed, bool IsSparse)> ReadAsync(
        GitRepository repository, string from, string to, CancellationToken cancellation)
    {
        var changed = await ChangedFile.ListAsync(repository.Git, from, to, cancellation);
        var left = await SparseCheckout.LeftOutAsync(repository.Git, cancellation);
        return left is null ? (changed, false) : ([.. changed.Where(one => !left.Contains(one.Path))], true);
    }

    /// <exception cref="GitException">Another git is at work, something that is not in Git lies where a file belongs, or a folder cannot be written to.</exception>
    private static void RequireNothingInTheWay(GitRepository repository, IReadOnlyList<ChangedFile> changed)
    {
        var indexLock = Path.Combine(repository.GitDirectory, "index.lock");
        if (File.Exists(indexLock))
        {
            throw GitException.Unavailable($"{indexLock} is there: another git is at work in this clone, or was killed", "wait until it has ended, or remove the file, then run it again");
        }

        var deleted = changed.Where(one => one.Status == 'D').Select(one => Path.Combine(repository.Root, one.Path)).ToHashSet(StringComparer.Ordinal);
        foreach (var file in changed.Where(one => one.Status != 'D'))
        {
            var path = Path.Combine(repository.Root, file.Path);
            var obstacle = Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null
                ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).FirstOrDefault(inside => !deleted.Contains(inside)) ?? (HasFile(path, deleted) ? null : path)
                : file.Status == 'A' ? FirstFile(path, repository.Root, deleted) : null;
            if (obstacle is not null)
            {
                throw GitException.Unusable(
                    $"{Path.GetRelativePath(repository.Root, obstacle)} is in the way of {file.Path} and not in Git", "move it elsewhere, then run it again");
            }
        }

        foreach (var folder in changed.Select(one => Path.GetDirectoryName(Path.Combine(repository.Root, one.Path))!).Distinct(StringComparer.Ordinal))
        {
            var existing = folder;
            while (!Directory.Exists(existing) && existing.Length > repository.Root.Length)
            {
                existing = Path.GetDirectoryName(existing)!;
            }

            if (!OperatingSystem.IsWindows() && Access(existing, WriteAndSearch) != 0)
            {
                throw GitException.Unusable(
                    $"{Path.GetRelativePath(repository.Root, existing)} cannot be written to: {Marshal.GetLastPInvokeErrorMessage()}", "give yourself the right to write there, then run it again");
            }
        }
    }

    private static bool HasFile(string folder, HashSet<string> deleted) => deleted.Any(path => path.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>A file at the path of one that is added, or at that of one of its folders; null when the path is free, or becomes free.</summary>
    private static string? FirstFile(string path, string root, HashSet<string> deleted)
    {
        for (var at = path; at.Length > root.Length; at = Path.GetDirectoryName(at)!)
        {
            if ((File.Exists(at) || new FileInfo(at).LinkTarget is not null) && !deleted.Contains(at))
            {
                return Directory.Exists(at) ? null : at;
            }
        }

        return null;
    }

    /// <summary>Whether each of the files is as one of the two commits has it, so that nobody's own edit is lost.</summary>
    private static async Task<bool> HoldsOnlyAsync(GitRepository repository, IReadOnlyList<ChangedFile> changed, CancellationToken cancellation)
    {
        var held = await HeldAsync(repository, changed, cancellation);
        return held is not null && changed.All(file => NowOf(held, file) is var now && (now == file.Before || now == file.After));
    }

    /// <summary>The paths of the files that are as the later commit has them already.</summary>
    private static async Task<HashSet<string>> ArrivedAsync(GitRepository repository, IReadOnlyList<ChangedFile> changed, CancellationToken cancellation) =>
        changed.Count > 0 && await HeldAsync(repository, changed, cancellation) is { } held
            ? changed.Where(file => NowOf(held, file) == file.After).Select(file => file.Path).ToHashSet(StringComparer.Ordinal)
            : [];

    private static string NowOf(Dictionary<string, string> held, ChangedFile file) => held.GetValueOrDefault(file.Path) ?? new string('0', file.Before.Length);

    /// <summary>The objects that files of the work tree would be, by their paths; null where git cannot tell.</summary>
    private static async Task<Dictionary<string, string>?> HeldAsync(GitRepository repository, IReadOnlyList<ChangedFile> changed, CancellationToken cancellation)
    {
        var present = changed.Select(one => one.Path).Where(path => File.Exists(Path.Combine(repository.Root, path))).ToList();
        var hashes = await repository.Git.RunAsync(
            ["hash-object", "--stdin-paths"],
            async input => await input.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(present.Select(path => path + '\n')))),
            cancellation);
        return hashes.Succeeded ? present.Zip(hashes.Output.Split('\n')).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal) : null;
    }

    private static string JournalOf(GitRepository repository) => Path.Combine(repository.GitDirectory, "deploy-tool.update");

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException)
        {
            // The next run reads it, and finds that nothing was begun.
        }
    }

    private string FullPath(string path) => Path.Combine(_repository.Root, path);

    /// <summary>access(2): W_OK and X_OK.</summary>
    private const int WriteAndSearch = 3;

    [DllImport("libc", EntryPoint = "access", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
}

/// <summary>What kept a clone's branch and files from being brought forward.</summary>
/// <param name="Reason">In the words of who said it, without a full stop.</param>
/// <param name="IsHalfDone">Whether files have changed already; the next run in the clone finishes it.</param>
internal sealed record WorkTreeLeft(string Reason, bool IsHalfDone)
{
    /// <summary>For the operator, beside a commit that the remote has.</summary>
    public string Note => IsHalfDone
        ? $"the work tree is half brought forward: {Reason}; the next run in this clone finishes it"
        : $"the work tree was left as it is: {Reason}";
}
