using System.Text;

namespace FaceEdge.Deploy.Git;

/// <summary>
/// Brings the checked-out branch and its files forward to a commit that was made beside them. Each file is written whole under another
/// name and renamed; a journal lets the next run finish what a killed one began.
/// </summary>
internal sealed class WorkTreeUpdate(GitRepository repository)
{
    private readonly string _journal = Path.Combine(repository.GitDirectory, "deploy-tool.update");

    /// <summary>Finishes an update that was cut off; does nothing when there is none.</summary>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        if (!File.Exists(_journal))
        {
            return;
        }

        if ((await File.ReadAllTextAsync(_journal, cancellation)).Split(' ') is [var branch, var from, var to]
            && await repository.CurrentBranchAsync(cancellation) == branch
            && await repository.ResolveAsync("HEAD", cancellation) is { } head && (head == from || head == to)
            && await ChangedFile.ListAsync(repository.Git, from, to, cancellation) is var changed
            && await HoldsOnlyAsync(changed, cancellation))
        {
            await ApplyAsync(branch, to, changed, cancellation);
        }

        File.Delete(_journal);
    }

    /// <summary>
    /// Moves <paramref name="branch"/> to <paramref name="commit"/> if it is checked out, clean and behind. The answer is null, or why
    /// the work tree was left as it is.
    /// </summary>
    public async Task<string?> FastForwardAsync(string branch, string commit, CancellationToken cancellation)
    {
        if (await repository.CurrentBranchAsync(cancellation) != branch)
        {
            return $"{branch} is not checked out";
        }

        var head = await repository.ResolveAsync("HEAD", cancellation);
        if (head is null || !await repository.IsAncestorAsync(head, commit, cancellation))
        {
            return $"the local {branch} has commits of its own; git pull --rebase brings the promotion in";
        }

        var changed = await ChangedFile.ListAsync(repository.Git, head, commit, cancellation);
        if (changed.Find(one => one.Status == 'A' && File.Exists(FullPath(one.Path))) is { } untracked)
        {
            return $"{untracked.Path} is in the way and not in Git";
        }

        // Only what lies below sites/ must be clean for a promotion: what is changed elsewhere is kept, and the index as it is.
        var own = await repository.ChangesAsync(folder: null, cancellation);
        if (own.FirstOrDefault(one => one.IsStaged || changed.Exists(other => other.Path == one.Path)) is { } mine)
        {
            return $"{mine.Path} has changes that are not committed; git pull brings the promotion in";
        }

        var partial = _journal + ".new";
        await File.WriteAllTextAsync(partial, $"{branch} {head} {commit}", cancellation);
        File.Move(partial, _journal, overwrite: true);
        await ApplyAsync(branch, commit, changed, CancellationToken.None);
        File.Delete(_journal);
        return null;
    }

    private async Task ApplyAsync(string branch, string to, List<ChangedFile> changed, CancellationToken cancellation)
    {
        using (var scratch = new ScratchCheckout(repository))
        {
            var written = await scratch.WriteAsync(to, [.. changed.Where(one => one.Status != 'D')], cancellation);

            // First, since a folder may come where a file was.
            foreach (var deleted in changed.Where(one => one.Status == 'D'))
            {
                File.Delete(FullPath(deleted.Path));
            }

            foreach (var added in changed.Where(one => one.Status == 'A'))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(FullPath(added.Path))!);
            }

            await Renames.RunAsync([.. written.Select(one => (one.Written, FullPath(one.File.Path)))]);

            await repository.Git.RunAsync(cancellation, "update-ref", "-m", "deploy-tool: fast-forward", "refs/heads/" + branch, to);

            // What the index knows of files that did not change stays, so that they need not be read again.
            await repository.Git.RunAsync(cancellation, "read-tree", "--reset", "-i", to);
            await repository.Git.TryAsync(cancellation, "update-index", "-q", "--refresh");
        }
    }

    /// <summary>Whether each of the files is as one of the two commits has it, so that nobody's own edit is lost.</summary>
    private async Task<bool> HoldsOnlyAsync(List<ChangedFile> changed, CancellationToken cancellation)
    {
        var present = changed.Select(one => one.Path).Where(path => File.Exists(FullPath(path))).ToList();
        var hashes = await repository.Git.RunAsync(
            ["hash-object", "--stdin-paths"],
            async input => await input.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(present.Select(path => path + '\n')))),
            cancellation);
        var held = present.Zip(hashes.Output.Split('\n')).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        return hashes.Succeeded && changed.All(file =>
        {
            var now = held.GetValueOrDefault(file.Path) ?? new string('0', file.Before.Length);
            return now == file.Before || now == file.After;
        });
    }

    private string FullPath(string path) => Path.Combine(repository.Root, path);
}
