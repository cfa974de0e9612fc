using BenchmarkDotNet.Attributes;
using FaceEdge.Benchmarks.Workloads;
using FaceEdge.Detection;
using FaceEdge.Imaging;

namespace FaceEdge.Benchmarks.Suites;

/// <summary>What finding smaller faces costs: models of a free input at several input sides, on 1280x720.</summary>
public class InputSizeBenchmarks
{
    private readonly Face[] _faces = new Face[256];
    private FramePool _pool = null!;
    private Frame _frame = null!;
    private FaceDetector _detector = null!;

    [Params("faceedge-n", "yunet-n", "yunet-s")]
    public string Model { get; set; } = "";

    [Params(192, 320, 640, 960)]
    public int InputSide { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _pool = new FramePool();
        _frame = TestFrame.Create(_pool);
        _detector = FaceDetector.Load(BenchmarkModels.Open(Model), new InferenceOptions { IntraOpThreads = 1, InputSide = InputSide });
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _detector.Dispose();
        _frame.Dispose();
        _pool.Dispose();
    }

    [Benchmark]
    public int Detect() => _detector.Detect(_frame.View, _detector.Model.ScoreThreshold, _faces, out _);
}
