using System.Diagnostics;

namespace FaceEdge.Deploy.Git;

/// <summary>
/// A branch of the clone about to move: prepared, it is locked and the clone's reference-transaction hook has agreed, so that what hangs on
/// the move can be written before it happens (git-update-ref, "--stdin"). Disposed without a commit, it did not happen.
/// </summary>
internal sealed class ReferenceMove : IAsyncDisposable
{
    /// <summary>A hook that says nothing for so long hangs.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _error;

    private ReferenceMove(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Locks the branch and asks the hook.</summary>
    /// <exception cref="GitException">The hook says no, or the branch is not at <paramref name="from"/>.</exception>
    public static async Task<ReferenceMove> PrepareAsync(GitProcess git, string reference, string from, string to)
    {
        var move = new ReferenceMove(git.Start(["update-ref", "-m", "deploy-tool: fast-forward", "--stdin"]));
        try
        {
            await move.SayAsync($"start\nupdate {reference} {to} {from}\nprepare\n", "prepare: ok");
            return move;
        }
        catch
        {
            await move.DisposeAsync();
            throw;
        }
    }

    /// <summary>Moves the branch.</summary>
    public Task CommitAsync() => SayAsync("commit\n", "commit: ok");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(Limit);
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    private async Task SayAsync(string words, string expected)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await _process.StandardInput.WriteAsync(words.AsMemory(), limit.Token);
            await _process.StandardInput.FlushAsync(limit.Token);
            string? line;
            do
            {
                line = await _process.StandardOutput.ReadLineAsync(limit.Token);
            }
            while (line is not null && line != expected);
            if (line is not null)
            {
                return;
            }
        }
        catch (IOException)
        {
            // It ended; why stands in its error output.
        }
        catch (OperationCanceledException)
        {
            throw GitException.Unavailable($"the branch could not be moved within {Limit.TotalMinutes:0} min", "see to the clone's reference-transaction hook");
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        throw GitProcess.Failed("update-ref", new GitResult(_process.ExitCode, "", await _error));
    }
}
