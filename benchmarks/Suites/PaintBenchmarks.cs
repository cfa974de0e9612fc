using BenchmarkDotNet.Attributes;
using FaceEdge.Benchmarks.Workloads;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Drawing;
using FaceEdge.Imaging;

namespace FaceEdge.Benchmarks.Suites;

/// <summary>Boxes and scores onto 1280x720 pixels.</summary>
public class PaintBenchmarks
{
    private FramePool _pool = null!;
    private Frame _canvas = null!;
    private Face[] _faces = null!;
    private DetectionMode _mode;

    [Params(1, 6, 64)]
    public int Faces { get; set; }

    [Params(nameof(DetectionMode.Face), nameof(DetectionMode.Eyes))]
    public string Mode { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _mode = Enum.Parse<DetectionMode>(Mode);
        _pool = new FramePool();
        _canvas = TestFrame.Create(_pool);
        _faces = [.. Enumerable.Range(0, Faces).Select(i => new Face(new Box(i * 17 % 1100, i * 29 % 560, 120, 150), 0.91f, default))];
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _canvas.Dispose();
        _pool.Dispose();
    }

    [Benchmark]
    public void Paint() =>
        BoxPainter.Paint(PixelCanvas.Over(_canvas), _faces, _mode);
}
