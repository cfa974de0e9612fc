using System.Text;

namespace FaceEdge.Deploy.Git;

/// <summary>
/// A folder in the clone with files as a checkout would write them (line ends, filters), from where each can be renamed into place. They
/// lie side by side, since thousands of folders cost more than thousands of files.
/// </summary>
internal sealed class ScratchCheckout : IDisposable
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly string _folder;
    private readonly string _files;
    private readonly GitProcess _git;

    public ScratchCheckout(GitRepository repository)
    {
        _folder = Path.Combine(repository.GitDirectory, CrashRecovery.ScratchPrefix + Guid.NewGuid().ToString("N"));
        _files = Directory.CreateDirectory(Path.Combine(_folder, "files")).FullName;
        _git = new GitProcess(_files, new Dictionary<string, string>
        {
            ["GIT_DIR"] = repository.GitDirectory,
            ["GIT_WORK_TREE"] = _files,
            ["GIT_INDEX_FILE"] = Path.Combine(_folder, "index"),
        });
    }

    /// <summary>Writes files of a commit.</summary>
    /// <returns>Where each was written.</returns>
    public async Task<List<(ChangedFile File, string Written)>> WriteAsync(string commit, IReadOnlyList<ChangedFile> files, CancellationToken cancellation)
    {
        await _git.RunAsync(cancellation, "read-tree", commit);
        var checkout = await _git.RunAsync(
            ["checkout-index", "--temp", "-z", "--stdin"],
            async input => await input.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(files.Select(file => file.Path + '\0')))),
            cancellation);
        if (!checkout.Succeeded)
        {
            throw GitProcess.Failed("checkout-index", checkout);
        }

        // <name> TAB <path> NUL
        var names = checkout.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t', 2))
            .ToDictionary(parts => parts[1], parts => Path.Combine(_files, parts[0]), StringComparer.Ordinal);
        var written = files.Select(file => (File: file, Written: names[file.Path])).ToList();
        Finish(written);
        return written;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>What git leaves to its caller: its temporary files are private to the user, and hold a link's target as text.</summary>
    private void Finish(List<(ChangedFile File, string Written)> written)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var sample = Path.Combine(_folder, "mode");
        File.WriteAllBytes(sample, []);
        var usual = File.GetUnixFileMode(sample);
        var executable = usual | (UnixFileMode)((int)(usual & Readable) >> 2);
        foreach (var (file, path) in written)
        {
            if (file.IsLink)
            {
                var target = File.ReadAllText(path);
                File.Delete(path);
                File.CreateSymbolicLink(path, target);
            }
            else
            {
                File.SetUnixFileMode(path, file.IsExecutable ? executable : usual);
            }
        }
    }
}
