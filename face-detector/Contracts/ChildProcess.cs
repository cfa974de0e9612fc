using System.Diagnostics;
using System.Text;

namespace FaceEdge.Deploy.Git;

/// <summary>Takes a process from its start to its end, within a time, whatever it and those that it started do.</summary>
internal static class ChildProcess
{
    /// <summary>For what others hold open after the process has ended, such as a process that a hook left behind.</summary>
    private static readonly TimeSpan StreamLimit = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Gives the process its input and waits for its end; stops it and all that it started when <paramref name="limit"/> is over. What it had said
    /// until then is part of the answer.
    /// </summary>
    public static async Task<GitResult> RunAsync(Process process, Func<Stream, Task> write, TimeSpan limit, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(limit);
        var (output, error) = (new StringBuilder(), new StringBuilder());
        var streams = Task.WhenAll(ReadAsync(process.StandardOutput, output, time.Token), ReadAsync(process.StandardError, error, time.Token));
        TimeSpan? stopped = null;
        try
        {
            // A process that does not read what it is given is stopped too, which ends the write.
            await using (time.Token.Register(() => Stop(process)))
            {
                await WriteAsync(process, write);
                await process.WaitForExitAsync(time.Token);
            }

            time.CancelAfter(StreamLimit);
        }
        catch (OperationCanceledException)
        {
            Stop(process);
            stopped = limit;
        }

        await streams;
        cancellation.ThrowIfCancellationRequested();
        return new GitResult(stopped is null ? process.ExitCode : -1, output.ToString(), error.ToString(), stopped);
    }

    private static async Task WriteAsync(Process process, Func<Stream, Task> write)
    {
        try
        {
            await using var input = process.StandardInput.BaseStream;
            await write(input);
        }
        catch (IOException)
        {
            // It ended before it had read everything; why stands in its exit code and error output.
        }
    }

    /// <summary>Reads to the end, or until it is cancelled; what was read until then stays.</summary>
    private static async Task ReadAsync(StreamReader reader, StringBuilder text, CancellationToken cancellation)
    {
        var buffer = new char[4096];
        try
        {
            while (await reader.ReadAsync(buffer, cancellation) is > 0 and var count)
            {
                text.Append(buffer, 0, count);
            }
        }
        catch (OperationCanceledException)
        {
            // Somebody else still holds the stream open.
        }
    }

    private static void Stop(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It had ended already.
        }
    }
}
