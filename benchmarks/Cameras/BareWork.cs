using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using FaceEdge.Benchmarks.Workloads;
using FaceEdge.Detection;
using FaceEdge.Imaging;

namespace FaceEdge.Benchmarks.Cameras;

/// <summary>
/// The least that a camera's frame can cost: ffmpeg decodes it and throws it away, ONNX Runtime runs the model, and libjpeg-turbo encodes planes that have its range already. The same
/// film, the service's own model and input shape, one thread each, as fast as they go.
/// </summary>
internal sealed partial class BareWork : IDisposable
{
    /// <summary>The film is played so often in a row, so that ffmpeg's start does not count.</summary>
    private const int Plays = 4;

    private const int Runs = 200;
    private const int Encodes = 60;

    private readonly string _film;
    private readonly int _filmFrames;
    private readonly FramePool _pool = new();
    private readonly Frame _frame;
    private readonly BareModel _model;
    private readonly IImagingBackend _imaging = ImagingBackends.Select(new ImagingOptions { Backend = ImagingChoice.Portable }).Backend;
    private readonly ArrayBufferWriter<byte> _jpeg = new(1 << 20);

    public BareWork(string film, int filmFrames)
    {
        (_film, _filmFrames) = (film, filmFrames);
        _frame = TestFrame.CreatePlanes(_pool, PixelFormat.I420Full);
        var model = BenchmarkModels.Open(name: null);
        using var detector = FaceDetector.Load(model, new InferenceOptions());
        detector.Detect(_frame.View, model.Description.ScoreThreshold, new Face[1], out _);
        _model = new BareModel(model, threads: 1, detector.Input);
        Measure();
    }

    /// <summary>Processor time of a frame, in milliseconds.</summary>
    public BareCost Measure() => new(Decode(), Time(Runs, _model.Run), Time(Encodes, Encode));

    /// <summary>One run of the model.</summary>
    public void Run() => _model.Run();

    public void Dispose()
    {
        _model.Dispose();
        _frame.Dispose();
        _pool.Dispose();
    }

    private static double Time(int times, Action work)
    {
        var used = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < times; i++)
        {
            work();
        }

        return (Environment.CpuUsage.TotalTime - used).TotalMilliseconds / times;
    }

    private void Encode()
    {
        _jpeg.ResetWrittenCount();
        _imaging.EncodeJpeg(_frame, AnnotatedFrame.JpegQuality, _jpeg);
    }

    private double Decode()
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo(
            "ffmpeg",
            ["-hide_banner", "-nostdin", "-benchmark", "-threads", "1", "-stream_loop", (Plays - 1).ToString(CultureInfo.InvariantCulture), "-i", _film, "-map", "0:v:0", "-f", "null", "-"])
        {
            RedirectStandardError = true,
        })!;
        var said = ffmpeg.StandardError.ReadToEnd();
        ffmpeg.WaitForExit();
        var times = Times().Match(said);
        return times.Success
            ? (Number(times.Groups[1]) + Number(times.Groups[2])) * 1000 / (Plays * _filmFrames)
            : throw new InvalidOperationException($"ffmpeg tells no processor time: {said}");
    }

    private static double Number(Group group) => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"bench: utime=([\d.]+)s stime=([\d.]+)s")]
    private static partial Regex Times();
}
