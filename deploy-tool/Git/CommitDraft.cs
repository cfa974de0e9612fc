using System.ComponentModel;
using System.Globalization;
using System.Text;
using FaceEdge.Contracts;

namespace FaceEdge.Deploy.Git;

/// <summary>
/// Builds a commit out of a parent and changed files with <c>git fast-import</c> and <c>git commit-tree</c>: one process for any number
/// of files, no index, no work tree. Until a reference moves to it, the commit is an object that nobody sees: stopping at any point
/// leaves nothing half done.
/// </summary>
internal sealed class CommitDraft(GitRepository repository, TimeProvider time)
{
    private const string DraftReferences = "refs/deploy-tool/drafts/";

    /// <summary>Drafts that a killed process left behind are removed after this.</summary>
    private static readonly TimeSpan DraftLifetime = TimeSpan.FromHours(1);

    /// <summary>Writes the commit and returns its hash.</summary>
    public async Task<string> CreateAsync(GitTree parent, IReadOnlyList<FileChange> changes, CommitMessage message, CancellationToken cancellation) =>
        await CommitAsync(await CreateTreeAsync(parent, changes, cancellation), parent.Commit, message, cancellation);

    /// <summary>Writes the files that a commit is to have and returns the hash of their tree.</summary>
    public async Task<string> CreateTreeAsync(GitTree parent, IReadOnlyList<FileChange> changes, CancellationToken cancellation)
    {
        await RemoveOldDraftsAsync(cancellation);
        var reference = DraftReferences + Guid.NewGuid().ToString("N");
        var import = await repository.Git.RunAsync(
            ["fast-import", "--quiet", "--done"], input => WriteAsync(input, reference, parent, changes), cancellation);
        if (!import.Succeeded)
        {
            throw GitProcess.Failed("fast-import", import);
        }

        // Not cancellable from here: two quick steps, after which no draft is left.
        var tree = (await repository.Git.RunAsync(CancellationToken.None, "rev-parse", "--verify", reference + "^{tree}")).Trim();
        await repository.Git.RunAsync(CancellationToken.None, "update-ref", "-d", reference);
        return tree;
    }

    /// <summary>Writes a commit of files that are written already and returns its hash.</summary>
    public async Task<string> CommitAsync(string tree, string parent, CommitMessage message, CancellationToken cancellation)
    {
        List<string> arguments = ["commit-tree", tree, "-p", parent, "-F", "-"];
        var sign = await repository.Git.TryAsync(cancellation, "config", "--type=bool", "commit.gpgSign");
        if (sign.Output.Trim() == "true")
        {
            arguments.Add("-S");
        }

        var commit = await repository.Git.RunAsync(arguments, async input => await input.WriteAsync(Encoding.UTF8.GetBytes(message.ToString())), cancellation);
        if (commit.Succeeded)
        {
            return commit.Output.Trim();
        }

        if (commit.Error.Contains("tell me who you are", StringComparison.Ordinal) || commit.Error.Contains("empty ident name", StringComparison.Ordinal))
        {
            throw GitException.Unusable("git does not know who commits", "set git config user.name and user.email");
        }

        throw sign.Output.Trim() == "true"
            ? GitException.Unusable(
                $"git cannot sign the commit: {await SignerSaysAsync(cancellation) ?? commit.Cause}",
                "set user.signingKey to a key that is here, or commit.gpgSign to false")
            : GitProcess.Failed("commit-tree", commit);
    }

    /// <summary>
    /// Asks gpg as git asked it (gpg-interface.c, sign_buffer_gpg), since git before 2.41 keeps gpg's words to itself. Null where git signs with
    /// something else, whose words it passes on, or gpg signs after all.
    /// </summary>
    private async Task<string?> SignerSaysAsync(CancellationToken cancellation)
    {
        if (await ConfigAsync("gpg.format") is not (null or "openpgp"))
        {
            return null;
        }

        var program = await ConfigAsync("gpg.openpgp.program") ?? await ConfigAsync("gpg.program") ?? "gpg";
        var committer = await repository.Git.TryAsync(cancellation, "var", "GIT_COMMITTER_IDENT");
        var key = await ConfigAsync("user.signingKey") ?? committer.Output[..(committer.Output.LastIndexOf('>') + 1)];
        try
        {
            var signed = await repository.Git.RunProgramAsync(program, ["--status-fd=2", "-bsau", key], "which key is there?", cancellation);
            return signed.Succeeded ? null : signed.Cause;
        }
        catch (Win32Exception exception)
        {
            return $"{program} cannot be run: {ChildProcess.StartFault(exception)}";
        }

        async Task<string?> ConfigAsync(string name)
        {
            var value = await repository.Git.TryAsync(cancellation, "config", "--get", name);
            return value is { Succeeded: true } && value.Output.Trim() is { Length: > 0 } text ? text : null;
        }
    }

    private async Task WriteAsync(Stream input, string reference, GitTree parent, IReadOnlyList<FileChange> changes)
    {
        var seconds = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        await using var buffered = new BufferedStream(input, 64 * 1024);
        await TextAsync(buffered, $"commit {reference}\ncommitter deploy-tool <deploy-tool@localhost> {seconds} +0000\ndata 5\ndraft\nfrom {parent.Commit}\n");
        foreach (var change in changes)
        {
            if (change.Content is null)
            {
                await TextAsync(buffered, $"D {Quote(change.Path)}\n");
                continue;
            }

            var mode = parent[change.Path]?.Mode ?? "100644";
            await TextAsync(buffered, $"M {mode} inline {Quote(change.Path)}\ndata {change.Content.Length}\n");
            await buffered.WriteAsync(change.Content);
            await TextAsync(buffered, "\n");
        }

        await TextAsync(buffered, "done\n");
    }

    private static ValueTask TextAsync(Stream stream, string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>A path as fast-import reads it: C-style quotes, since a path may begin with one or hold a line feed.</summary>
    private static string Quote(string path) =>
        "\"" + path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal) + "\"";

    private async Task RemoveOldDraftsAsync(CancellationToken cancellation)
    {
        var drafts = await repository.Git.RunAsync(cancellation, "for-each-ref", "--format=%(committerdate:unix) %(refname)", DraftReferences);
        var limit = (time.GetUtcNow() - DraftLifetime).ToUnixTimeSeconds();
        foreach (var draft in drafts.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2)))
        {
            if (long.Parse(draft[0], CultureInfo.InvariantCulture) < limit)
            {
                await repository.Git.TryAsync(cancellation, "update-ref", "-d", draft[1]);
            }
        }
    }
}

/// <summary>A file's new bytes, or that it goes.</summary>
/// <param name="Path">From the top of the repository, with forward slashes.</param>
/// <param name="Content">Null for a file that is deleted.</param>
internal sealed record FileChange(string Path, byte[]? Content);
