using FaceEdge.Benchmarks.Workloads;
using FaceEdge.Detection;
using FaceEdge.Imaging;

namespace FaceEdge.Benchmarks.Latency;

/// <summary>What the latency gate gates, on one frame of six people at 1280x720.</summary>
internal sealed class MeasuredOperations : IDisposable
{
    private readonly FramePool _pool = new();
    private readonly Frame _frame;
    private readonly FaceDetector _detector;
    private readonly AnnotatedFrame _annotated;

    private MeasuredOperations(LatencyOptions options)
    {
        _frame = TestFrame.Create(_pool);
        _detector = FaceDetector.Load(BenchmarkModels.Open(options.Model), new InferenceOptions { IntraOpThreads = options.Threads });
        _annotated = new AnnotatedFrame(_detector, ImagingBackends.Select(new ImagingOptions()).Backend);
        MeasuredOperation[] all =
        [
            new("detect", samplesPerTurn: 25, () => _annotated.Detect(_frame), options.Burn),
            new("annotate", samplesPerTurn: 15, () => _annotated.Annotate(_frame), options.Burn),
        ];
        All = options.Only is null ? all : [.. all.Where(operation => operation.Name == options.Only)];
    }

    public IReadOnlyList<MeasuredOperation> All { get; }

    /// <exception cref="InvalidOperationException">The model is not on this machine.</exception>
    public static MeasuredOperations Create(LatencyOptions options) => new(options);

    public void Dispose()
    {
        _annotated.Dispose();
        _detector.Dispose();
        _frame.Dispose();
        _pool.Dispose();
    }
}
