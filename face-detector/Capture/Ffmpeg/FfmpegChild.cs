using System.ComponentModel;
using System.Diagnostics;
using FaceEdge.Capture.Rtsp;
using FaceEdge.Contracts;

namespace FaceEdge.Capture.Ffmpeg;

/// <summary>One run of ffmpeg: started, fed, read and reaped.</summary>
/// <remarks>
/// The child dies with the connection: it is killed and reaped when the connection ends, and if this process dies first, it finds its
/// output pipe closed at the next frame, or its socket silent after the connect timeout.
/// </remarks>
internal sealed class FfmpegChild
{
    /// <summary>Between the end of its output and its exit: a moment, and seconds on a busy host, where a killed child could not tell why it ended.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>The child reads what a camera sends: it must not know what else the service was told (its key, other cameras' passwords).</summary>
    private static readonly string[] NeededVariables = ["PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "TMPDIR"];

    private readonly FfmpegCommand _command;
    private readonly FfmpegErrors _errors;

    public FfmpegChild(FfmpegCommand command, FfmpegErrors errors)
    {
        _command = command;
        _errors = errors;
    }

    /// <summary>The ffmpeg found, fit for cameras.</summary>
    /// <exception cref="CaptureException">None, or too old a one.</exception>
    public static Version RequireVersion() => FfmpegProbe.Run() switch
    {
        null => throw new CaptureException("this camera needs ffmpeg, which is not on PATH: install the package ffmpeg, or a host where OpenCV loads"),
        { Version: var version } when version < FfmpegProbe.Oldest =>
            throw new CaptureException($"this camera needs ffmpeg {FfmpegProbe.Oldest} or newer; the one on PATH is {version}"),
        { Version: var version } => version,
    };

    /// <summary>Hands on frames until the stream ends, on a thread of its own.</summary>
    /// <param name="sink">Takes them.</param>
    /// <param name="feed">
    /// Writes to ffmpeg's standard input after the command's script, until its token is cancelled; null closes it. Blocks a thread of its own: the pipe is
    /// full most of the time.
    /// </param>
    /// <param name="challenge">What the camera asked for.</param>
    /// <param name="cancellationToken">Kills the child.</param>
    /// <exception cref="CaptureException">The stream ended; the message says why.</exception>
    public Task PlayAsync(IFrameSink sink, Action<Stream, CancellationToken>? feed, RtspChallenge challenge, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(
            () => Play(sink, feed, challenge, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Play(IFrameSink sink, Action<Stream, CancellationToken>? feed, RtspChallenge challenge, CancellationToken cancellationToken)
    {
        using var process = Start(_command);
        process.ErrorDataReceived += (_, line) => _errors.Add(line.Data);
        process.BeginErrorReadLine();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var feeding = Task.Factory.StartNew(
            () => Feed(process, feed, over.Token),
            CancellationToken.None,
            feed is null ? TaskCreationOptions.None : TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        try
        {
            // Killing the child is what ends a read that blocks on its pipe.
            using var kill = cancellationToken.UnsafeRegister(static child => ChildProcess.Kill((Process)child!), process);
            using var output = process.StandardOutput.BaseStream;
            PipeBuffer.Enlarge(output);
            var reader = new Y4mReader(output);
            while (reader.ReadFrame(sink))
            {
                _errors.Forget();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch (IOException)
        {
            // The child ended while it was read from; what it said on standard error tells why.
        }
        finally
        {
            over.Cancel();
            Reap(process);
            feeding.GetAwaiter().GetResult();
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new CaptureException(_errors.Why(process.ExitCode, challenge));
    }

    private void Feed(Process process, Action<Stream, CancellationToken>? feed, CancellationToken cancellationToken)
    {
        try
        {
            using var input = process.StandardInput;
            input.Write(_command.Script);
            input.Flush();
            feed?.Invoke(input.BaseStream, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The child or the camera ended; the reader of the child's output finds out which.
        }
    }

    /// <summary>ffmpeg with those arguments and no more of the environment than it needs.</summary>
    public static ProcessStartInfo Piped(params IEnumerable<string> arguments)
    {
        var start = ChildProcess.Piped("ffmpeg", arguments);
        foreach (var name in start.Environment.Keys.Except(NeededVariables, StringComparer.Ordinal).ToArray())
        {
            start.Environment.Remove(name);
        }

        return start;
    }

    private static Process Start(FfmpegCommand command)
    {
        try
        {
            return Process.Start(Piped(command.Arguments))!;
        }
        catch (Win32Exception exception)
        {
            throw new CaptureException($"ffmpeg cannot be started: {exception.Message}", exception);
        }
    }

    /// <summary>A child whose output has ended gets a moment to end by itself, so that its exit code tells why.</summary>
    private static void Reap(Process process)
    {
        if (!process.WaitForExit(Grace))
        {
            ChildProcess.Kill(process);
        }

        // Without a limit it also waits for the last line of standard error.
        process.WaitForExit();
    }
}
