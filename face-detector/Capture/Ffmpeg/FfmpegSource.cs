using System.ComponentModel;
using System.Diagnostics;
using FaceEdge.Capture.Rtsp;

namespace FaceEdge.Capture.Ffmpeg;

/// <summary>RTSP streams, video files and USB cameras through an ffmpeg child process, for hosts where OpenCV does not load.</summary>
/// <remarks>
/// The child dies with the connection: it is killed and reaped when the connection ends, and should this process die first, it finds its
/// output pipe closed at the next picture, or its socket silent after the connect timeout.
/// </remarks>
internal sealed class FfmpegSource : IFrameSource
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>The child reads what a camera sends: what else the service was told (its key, other cameras' passwords) is not its business.</summary>
    private static readonly string[] NeededVariables = ["PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "TMPDIR"];

    private readonly CameraUrl _url;
    private readonly CameraOptions _options;
    private readonly TimeProvider _clock;
    private readonly PlaneBuffer _planes = new();

    public FfmpegSource(CameraUrl url, CameraOptions options, TimeProvider clock)
    {
        _url = url;
        _options = options;
        _clock = clock;
    }

    public async Task RunAsync(IFrameSink sink, CancellationToken cancellationToken)
    {
        var probe = FfmpegProbe.Run()
            ?? throw new CaptureException("this camera needs ffmpeg, which is not on PATH: install the package ffmpeg, or a host where OpenCV loads");
        var needsCredentials = false;
        if (_url.Kind == CameraKind.Rtsp)
        {
            needsCredentials = await RtspProbe.NeedsCredentialsAsync(_url, _options.ConnectTimeout, _clock, cancellationToken);
        }
        else if (!File.Exists(_url.Secret))
        {
            throw new CaptureException($"there is no {_url.Shown}");
        }

        await Task.Factory.StartNew(
            () => Read(FfmpegCommand.For(_url, _options.ConnectTimeout, probe.Version), needsCredentials, sink, cancellationToken),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    private void Read(FfmpegCommand command, bool needsCredentials, IFrameSink sink, CancellationToken cancellationToken)
    {
        using var process = Start(command);
        var complaints = new FfmpegComplaints(_url);
        process.ErrorDataReceived += (_, line) => complaints.Add(line.Data);
        process.BeginErrorReadLine();
        try
        {
            // Killing the child is what ends a read that blocks on its pipe.
            using var kill = cancellationToken.UnsafeRegister(static child => Kill((Process)child!), process);
            process.StandardInput.Write(command.Script);
            process.StandardInput.Close();
            using var output = process.StandardOutput.BaseStream;
            var reader = new Y4mReader(output, _planes);
            while (reader.ReadFrame(sink))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        catch (IOException)
        {
            // The child ended while it was written to or read from; what it said on standard error tells why.
        }
        finally
        {
            Reap(process);
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new CaptureException(complaints.Why(process.ExitCode, needsCredentials));
    }

    private static Process Start(FfmpegCommand command)
    {
        try
        {
            var start = new ProcessStartInfo("ffmpeg", command.Arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (var name in start.Environment.Keys.Except(NeededVariables, StringComparer.Ordinal).ToArray())
            {
                start.Environment.Remove(name);
            }

            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new CaptureException($"ffmpeg cannot be started: {exception.Message}", exception);
        }
    }

    /// <summary>A child whose output has ended gets a moment to end by itself and tell by its exit code how.</summary>
    private static void Reap(Process process)
    {
        if (!process.WaitForExit(Grace))
        {
            Kill(process);
        }

        // Without a limit it also waits for the last line of standard error.
        process.WaitForExit();
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }
}
