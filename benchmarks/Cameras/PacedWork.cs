using System.Diagnostics;
using FaceEdge.Capture;
using FaceEdge.Capture.Ffmpeg;

namespace FaceEdge.Benchmarks.Cameras;

/// <summary>
/// The least that a camera can cost while its frames come one by one and go from one process to another: below it is only what decodes in the service itself.
/// </summary>
internal sealed class PacedWork(string film, int framesPerSecond, TimeSpan window)
{
    /// <summary>From ffmpeg's start until it only decodes.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    private readonly double _frames = framesPerSecond * window.TotalSeconds;

    /// <param name="run">The model's run.</param>
    public PacedCost Measure(Action run)
    {
        var (decode, model) = Watch(
            ["-hide_banner", "-nostdin", "-v", "error", "-threads", "1", "-re", "-stream_loop", "-1", "-i", film, "-map", "0:v:0", "-f", "null", "-"],
            (_, until) => RunAtPace(run, until));
        var options = new CameraOptions { Name = "film", Url = film };
        var (ffmpeg, reader) = Watch(
            FfmpegCommand.For(CameraUrl.Parse(film), options, FfmpegChild.RequireVersion()).Arguments,
            static (output, until) => ReadAll(output, until));
        return new PacedCost(decode, model, ffmpeg + reader - decode);
    }

    /// <returns>Processor time of ffmpeg and of this process for each frame, in milliseconds.</returns>
    private (double Ffmpeg, double Own) Watch(IReadOnlyList<string> arguments, Action<Stream, long> work)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardOutput = true })!;
        try
        {
            var output = ffmpeg.StandardOutput.BaseStream;
            PipeBuffer.Enlarge(output);
            work(output, After(Settle));
            var (used, own) = (ProcessTree.ProcessorTime([ffmpeg.Id]), Environment.CpuUsage.TotalTime);
            work(output, After(window));
            return (
                (ProcessTree.ProcessorTime([ffmpeg.Id]) - used).TotalMilliseconds / _frames,
                (Environment.CpuUsage.TotalTime - own).TotalMilliseconds / _frames);
        }
        finally
        {
            ffmpeg.Kill();
            ffmpeg.WaitForExit();
        }
    }

    private static long After(TimeSpan time) => Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);

    private void RunAtPace(Action run, long until)
    {
        var interval = TimeSpan.FromSeconds(1.0 / framesPerSecond);
        for (var due = After(interval); Stopwatch.GetTimestamp() < until; due += (long)(interval.TotalSeconds * Stopwatch.Frequency))
        {
            run();
            var pause = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            Thread.Sleep(pause > TimeSpan.Zero ? pause : TimeSpan.Zero);
        }
    }

    private static void ReadAll(Stream output, long until)
    {
        var frame = new byte[1280 * 720 * 3 / 2];
        while (Stopwatch.GetTimestamp() < until)
        {
            output.ReadExactly(frame);
        }
    }
}
