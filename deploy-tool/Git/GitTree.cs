using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace FaceEdge.Deploy.Git;

/// <summary>The files of one commit below a folder, read from Git's objects: what a work tree holds has no bearing.</summary>
internal sealed class GitTree
{
    private readonly GitProcess _git;
    private readonly SortedDictionary<string, GitTreeEntry> _entries;

    private GitTree(GitProcess git, string commit, SortedDictionary<string, GitTreeEntry> entries)
    {
        _git = git;
        Commit = commit;
        _entries = entries;
    }

    public string Commit { get; }

    /// <summary>Paths from the top of the repository, with forward slashes, in ordinal order.</summary>
    public IReadOnlyCollection<string> Paths => _entries.Keys;

    public GitTreeEntry? this[string path] => _entries.GetValueOrDefault(path);

    /// <summary>Lists the regular files below <paramref name="folder"/> in a commit.</summary>
    public static async Task<GitTree> ReadAsync(GitProcess git, string commit, string folder, CancellationToken cancellation)
    {
        var listing = await git.RunAsync(cancellation, "ls-tree", "-r", "-z", "--full-tree", commit, "--", folder + "/");
        var entries = new SortedDictionary<string, GitTreeEntry>(StringComparer.Ordinal);
        foreach (var line in listing.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            // <mode> SP <type> SP <object> TAB <path>
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var fields = line[..tab].Split(' ');
            if (fields[1] == "blob" && fields[0] != "120000")
            {
                entries[line[(tab + 1)..]] = new GitTreeEntry(fields[0], fields[2]);
            }
        }

        return new GitTree(git, commit, entries);
    }

    /// <summary>Whether a file of the commit has these bytes. The file is not read: its name in Git tells.</summary>
    public bool Has(string path, ReadOnlySpan<byte> content) =>
        _entries.GetValueOrDefault(path) is { } entry && entry.ObjectId == BlobName.Of(content, entry.ObjectId.Length);

    /// <summary>The bytes of one file; null when the commit has no such file.</summary>
    public async Task<byte[]?> ReadFileAsync(string path, CancellationToken cancellation)
    {
        if (!_entries.ContainsKey(path))
        {
            return null;
        }

        return (await ReadFilesAsync([path], cancellation).SingleAsync(cancellation)).Content;
    }

    /// <summary>The bytes of many files of this tree, each with its number among <paramref name="paths"/>, in one conversation with git.</summary>
    public async IAsyncEnumerable<(int Number, byte[] Content)> ReadFilesAsync(
        IReadOnlyList<string> paths, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var process = _git.Start(["cat-file", "--batch", "--buffer"]);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        var writing = Task.Run(
            async () =>
            {
                var request = new StringBuilder();
                foreach (var path in paths)
                {
                    request.Append(_entries[path].ObjectId).Append('\n');
                }

                await using var input = process.StandardInput.BaseStream;
                await input.WriteAsync(Encoding.ASCII.GetBytes(request.ToString()), cancellation);
            },
            cancellation);
        await using var output = new BufferedStream(process.StandardOutput.BaseStream, 256 * 1024);
        for (var number = 0; number < paths.Count; number++)
        {
            yield return (number, await ReadObjectAsync(output, cancellation));
        }

        await writing;
        await errors;
        await process.WaitForExitAsync(cancellation);
    }

    private static async Task<byte[]> ReadObjectAsync(Stream output, CancellationToken cancellation)
    {
        // <object> SP <type> SP <size> LF <contents> LF
        var header = new StringBuilder();
        for (int next; (next = output.ReadByte()) != '\n';)
        {
            header.Append(next >= 0 ? (char)next : throw GitException.Unavailable("git cat-file ended early", "run git fsck"));
        }

        var fields = header.ToString().Split(' ');
        if (fields is not [_, "blob", var size])
        {
            throw GitException.Unavailable($"git cannot read an object: {header}", "run git fsck");
        }

        var content = new byte[int.Parse(size, CultureInfo.InvariantCulture)];
        await output.ReadExactlyAsync(content, cancellation);
        _ = output.ReadByte();
        return content;
    }
}

/// <summary>One file of a tree: its mode (100644 or 100755) and the name of its blob.</summary>
internal sealed record GitTreeEntry(string Mode, string ObjectId);
