using System.Buffers;
using FaceEdge.Benchmarks.Latency;
using FaceEdge.Benchmarks.Workloads;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using OpenCvSharp;

namespace FaceEdge.Benchmarks.Budgets;

/// <summary>
/// The operations of the budgets, on one frame of six people at 1280x720, one thread: YuNet-n with its fixed input of 320x320, and with
/// a free input, which the service gives the shape of the camera, 320x192.
/// </summary>
internal sealed class BudgetWorkload : IDisposable
{
    private const string FixedModel = "yunet-n-320";
    private const string FreeModel = "yunet-n";
    private const int Threads = 1;

    private readonly FramePool _pool = new();
    private readonly Frame _frame;
    private readonly Frame _planes;
    private readonly FaceDetector _detector;
    private readonly AnnotatedFrame _annotated;
    private readonly BareModel _bare;
    private readonly OpenCvFaceDetector _openCv;
    private readonly FaceDetector _freeDetector;
    private readonly AnnotatedFrame _freeAnnotated;
    private readonly OpenCvFaceDetector _freeOpenCv;
    private readonly CascadeClassifier _cascade;

    public BudgetWorkload()
    {
        var model = BenchmarkModels.Open(FixedModel);
        var imaging = ImagingBackends.Select(new ImagingOptions { Backend = ImagingChoice.OpenCv }).Backend;
        var jpeg = new ArrayBufferWriter<byte>(1 << 20);
        _frame = TestFrame.Create(_pool);
        _planes = TestFrame.CreatePlanes(_pool, PixelFormat.I420);
        _detector = FaceDetector.Load(model, new InferenceOptions { IntraOpThreads = Threads });
        _annotated = new AnnotatedFrame(_detector, imaging);
        _annotated.Detect(_frame);
        _bare = new BareModel(model, Threads, _detector.Input);
        _openCv = new OpenCvFaceDetector(model, _detector.Input, Threads);
        _freeDetector = FaceDetector.Load(BenchmarkModels.Open(FreeModel), new InferenceOptions { IntraOpThreads = Threads });
        _freeAnnotated = new AnnotatedFrame(_freeDetector, imaging);
        _freeAnnotated.Detect(_frame);
        _freeOpenCv = new OpenCvFaceDetector(model, _freeDetector.Input, Threads);
        _cascade = new CascadeClassifier(HaarCascade.File());

        var detect = new MeasuredOperation("detect", samplesPerTurn: 20, () => _annotated.Detect(_frame));
        var detectPlanes = new MeasuredOperation("detect, planes", samplesPerTurn: 20, () => _annotated.Detect(_planes));
        var annotatePlanes = new MeasuredOperation("annotate, planes", samplesPerTurn: 15, () => _annotated.Annotate(_planes));
        var bareRun = new MeasuredOperation("bare run", samplesPerTurn: 20, _bare.Run);
        var annotate = new MeasuredOperation("annotate", samplesPerTurn: 15, () => _annotated.Annotate(_frame));
        var bareRunAndEncode = new MeasuredOperation("bare run and encode", samplesPerTurn: 15, () =>
        {
            _bare.Run();
            jpeg.ResetWrittenCount();
            imaging.EncodeJpeg(_frame, AnnotatedFrame.JpegQuality, jpeg);
        });
        var openCv = new MeasuredOperation("FaceDetectorYN", samplesPerTurn: 10, () => _openCv.Detect(_frame));
        var freeDetect = new MeasuredOperation("detect, free input", samplesPerTurn: 20, () => _freeAnnotated.Detect(_frame));
        var freeOpenCv = new MeasuredOperation("FaceDetectorYN, free input", samplesPerTurn: 10, () => _freeOpenCv.Detect(_frame));
        var haar = new MeasuredOperation("Haar", samplesPerTurn: 1, () =>
        {
            using var mat = HaarCascade.Wrap(_frame);
            HaarCascade.Detect(_cascade, mat);
        });
        Budgets =
        [
            new("detect / bare Run", detect, bareRun, Goal: 1.20, AtMost: true),
            new("detect of planes / bare Run", detectPlanes, bareRun, Goal: 1.08, AtMost: true),
            new("FaceDetectorYN / detect, both 320x320", openCv, detect, Goal: 3, AtMost: false),
            new("FaceDetectorYN / detect, both 320x192", freeOpenCv, freeDetect, Goal: 3, AtMost: false),
            new("FaceDetectorYN at 320x320 / detect at 320x192, as served", openCv, freeDetect, Goal: 3, AtMost: false),
            new("annotate / (bare Run + bare JPEG encode)", annotate, bareRunAndEncode, Goal: 1.20, AtMost: true),
            new("annotate of planes / (bare Run + bare JPEG encode of BGR)", annotatePlanes, bareRunAndEncode, Goal: 1.20, AtMost: true),
            new("Haar cascade / detect", haar, detect, Goal: 20, AtMost: false),
        ];
    }

    public IReadOnlyList<Budget> Budgets { get; }

    public void Dispose()
    {
        _cascade.Dispose();
        _freeOpenCv.Dispose();
        _freeAnnotated.Dispose();
        _freeDetector.Dispose();
        _openCv.Dispose();
        _bare.Dispose();
        _annotated.Dispose();
        _detector.Dispose();
        _planes.Dispose();
        _frame.Dispose();
        _pool.Dispose();
    }
}
