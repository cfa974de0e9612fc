using System.Buffers;
using BenchmarkDotNet.Attributes;
using FaceEdge.Benchmarks.Workloads;
using FaceEdge.Detection;
using FaceEdge.Imaging;

namespace FaceEdge.Benchmarks.Suites;

/// <summary>720p BGR in, annotated JPEG out, against the model and the JPEG encoder alone.</summary>
public class AnnotateBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(1 << 20);
    private FramePool _pool = null!;
    private Frame _frame = null!;
    private FaceDetector _detector = null!;
    private BareModel _bare = null!;
    private AnnotatedFrame _annotated = null!;
    private IImagingBackend _imaging = null!;

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var model = BenchmarkModels.Open("yunet-n-320");
        _pool = new FramePool();
        _frame = TestFrame.Create(_pool);
        _detector = FaceDetector.Load(model, new InferenceOptions { IntraOpThreads = Threads });
        _imaging = ImagingBackends.Select(new ImagingOptions { Backend = ImagingChoice.OpenCv }).Backend;
        _annotated = new AnnotatedFrame(_detector, _imaging);
        _annotated.Detect(_frame);
        _bare = new BareModel(model, Threads, _detector.Input);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _bare.Dispose();
        _annotated.Dispose();
        _detector.Dispose();
        _frame.Dispose();
        _pool.Dispose();
    }

    [Benchmark(Baseline = true)]
    public int BareRunAndBareEncode()
    {
        _bare.Run();
        _output.ResetWrittenCount();
        _imaging.EncodeJpeg(_frame, AnnotatedFrame.JpegQuality, _output);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int Annotate() => _annotated.Annotate(_frame);
}
