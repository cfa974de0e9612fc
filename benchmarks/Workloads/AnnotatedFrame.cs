using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Privacy;
using FaceEdge.Streaming;
using FaceEdge.Telemetry;

namespace FaceEdge.Benchmarks.Workloads;

/// <summary>The path of one frame from pixels to the JPEG that viewers see, by the service's own parts.</summary>
internal sealed class AnnotatedFrame : IDisposable
{
    public const int JpegQuality = 80;

    private readonly FaceDetector _detector;
    private readonly FrameComposer _composer;
    private readonly FrameBroadcaster _broadcaster = new(static () => { });
    private readonly FrameSubscription _viewer;
    private readonly ServiceMetrics _metrics = new(TimeProvider.System);
    private readonly PrometheusExporter _exporter;
    private readonly Face[] _faces = new Face[CameraPipeline.MaxFaces];

    public AnnotatedFrame(FaceDetector detector, IImagingBackend imaging)
    {
        _detector = detector;

        // A service is always listened to: what that costs belongs to the frame.
        _exporter = new PrometheusExporter(_metrics.Meter);
        _composer = new FrameComposer(imaging, JpegQuality, _metrics.ForCamera("benchmark"), TimeProvider.System);
        _viewer = _broadcaster.Subscribe(new Wakeup());
    }

    /// <returns>Faces found.</returns>
    public int Detect(Frame frame) => _detector.Detect(frame.View, _detector.Model.ScoreThreshold, _faces, out _);

    /// <returns>Bytes of the JPEG.</returns>
    public int Annotate(Frame frame)
    {
        var count = _detector.Detect(frame.View, _detector.Model.ScoreThreshold, _faces, out var timings);
        _composer.Compose(frame, Hiding.Nothing, _faces.AsSpan(0, count), DetectionMode.Face, timings, _broadcaster.Due(frame.CapturedAt), _broadcaster);
        using var encoded = _viewer.Take()!;
        return encoded.Jpeg.Length;
    }

    public void Dispose()
    {
        _viewer.Dispose();
        _broadcaster.Dispose();
        _composer.Dispose();
        _exporter.Dispose();
        _metrics.Dispose();
    }
}
