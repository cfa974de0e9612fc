using BenchmarkDotNet.Attributes;
using FaceEdge.Benchmarks.Workloads;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using OpenCvSharp;

namespace FaceEdge.Benchmarks.Suites;

/// <summary>1280x720 BGR in, boxes out, against the model alone, against OpenCV on the same model, and against the Haar cascade.</summary>
public class DetectBenchmarks
{
    private readonly Face[] _faces = new Face[256];
    private FramePool _pool = null!;
    private Frame _frame = null!;
    private FaceDetector _detector = null!;
    private BareModel _bare = null!;
    private OpenCvFaceDetector _openCv = null!;
    private CascadeClassifier _cascade = null!;

    [Params("yunet-n-320", "yunet-s-320", "yunet-n-640")]
    public string Model { get; set; } = "";

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var model = BenchmarkModels.Open(Model);
        _pool = new FramePool();
        _frame = TestFrame.Create(_pool);
        _detector = FaceDetector.Load(model, new InferenceOptions { IntraOpThreads = Threads });
        Detect();
        _bare = new BareModel(model, Threads, _detector.Input);
        _openCv = new OpenCvFaceDetector(model, _detector.Input, Threads);
        _cascade = new CascadeClassifier(HaarCascade.File());
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _cascade.Dispose();
        _openCv.Dispose();
        _bare.Dispose();
        _detector.Dispose();
        _frame.Dispose();
        _pool.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void BareRun() => _bare.Run();

    [Benchmark]
    public int Detect() => _detector.Detect(_frame.View, _detector.Model.ScoreThreshold, _faces, out _);

    [Benchmark]
    public int OpenCvFaceDetectorYN() => _openCv.Detect(_frame);

    [Benchmark]
    public int OpenCvHaar()
    {
        using var mat = HaarCascade.Wrap(_frame);
        return HaarCascade.Detect(_cascade, mat).Length;
    }
}
