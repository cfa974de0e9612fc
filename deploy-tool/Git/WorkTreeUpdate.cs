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
            && await HoldsOnlyAsync(from, to, cancellation))
        {
            await ApplyAsync(branch, from, to, cancellation);
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

        var changed = await ListAsync(head, commit, cancellation);
        if (changed.Find(one => one.Status == "A" && File.Exists(FullPath(one.Path))) is { } untracked)
        {
            return $"{untracked.Path} is in the way and not in Git";
        }

        var partial = _journal + ".new";
        await File.WriteAllTextAsync(partial, $"{branch} {head} {commit}", cancellation);
        File.Move(partial, _journal, overwrite: true);
        await ApplyAsync(branch, head, commit, CancellationToken.None);
        File.Delete(_journal);
        return null;
    }

    private async Task ApplyAsync(string branch, string from, string to, CancellationToken cancellation)
    {
        var scratch = Path.Combine(repository.GitDirectory, KilledRun.ScratchPrefix + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(scratch);
        try
        {
            var git = new GitProcess(repository.Root, Path.Combine(scratch, "index"));
            await git.RunAsync(cancellation, "read-tree", to);
            var changed = await ListAsync(from, to, cancellation);
            var written = changed.Where(one => one.Status != "D").ToList();
            var files = Path.Combine(scratch, "files") + "/";
            var checkout = await git.RunAsync(
                ["checkout-index", "--force", "-z", "--stdin", "--prefix=" + files],
                async input => await input.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(written.Select(one => one.Path + '\0')))),
                cancellation);
            if (!checkout.Succeeded)
            {
                throw GitProcess.Failed("checkout-index", checkout);
            }

            foreach (var added in written.Where(one => one.Status == "A"))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(FullPath(added.Path))!);
            }

            foreach (var one in written)
            {
                File.Move(files + one.Path, FullPath(one.Path), overwrite: true);
            }

            foreach (var deleted in changed.Where(one => one.Status == "D"))
            {
                File.Delete(FullPath(deleted.Path));
            }

            await repository.Git.RunAsync(cancellation, "update-ref", "-m", "deploy-tool: fast-forward", "refs/heads/" + branch, to);
            await repository.Git.RunAsync(cancellation, "read-tree", to);
            await repository.Git.TryAsync(cancellation, "update-index", "-q", "--refresh");
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>Whether each file that differs between the commits is as one of them has it, so that nobody's own edit is lost.</summary>
    private async Task<bool> HoldsOnlyAsync(string from, string to, CancellationToken cancellation)
    {
        var changed = await repository.Git.RunAsync(cancellation, "diff-tree", "-r", "-z", "--no-renames", from, to);

        // :<mode> <mode> <object> <object> <status> NUL <path> NUL
        var fields = changed.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var expected = fields.Chunk(2).ToDictionary(pair => pair[1], pair => pair[0].Split(' '), StringComparer.Ordinal);
        var present = expected.Keys.Where(path => File.Exists(FullPath(path))).ToList();
        var hashes = await repository.Git.RunAsync(
            ["hash-object", "--stdin-paths"],
            async input => await input.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(present.Select(path => path + '\n')))),
            cancellation);
        var held = present.Zip(hashes.Output.Split('\n')).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        return hashes.Succeeded && expected.All(file =>
        {
            var now = held.GetValueOrDefault(file.Key) ?? new string('0', file.Value[2].Length);
            return now == file.Value[2] || now == file.Value[3];
        });
    }

    /// <summary>The files that differ, each with what was done to it: A, M, T or D.</summary>
    private async Task<List<ChangedFile>> ListAsync(string from, string to, CancellationToken cancellation)
    {
        // <status> NUL <path> NUL
        var listing = await repository.Git.RunAsync(cancellation, "diff-tree", "-r", "-z", "--name-status", "--no-renames", from, to);
        return [.. listing.Split('\0', StringSplitOptions.RemoveEmptyEntries).Chunk(2).Select(pair => new ChangedFile(pair[0], pair[1]))];
    }

    private sealed record ChangedFile(string Status, string Path);

    private string FullPath(string path) => Path.Combine(repository.Root, path);
}
