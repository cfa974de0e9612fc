using BenchmarkDotNet.Attributes;
using FaceEdge.Benchmarks.Workloads;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Models;
using OpenCvSharp;
using OpenCvSharp.Dnn;

namespace FaceEdge.Benchmarks.Suites;

/// <summary>Camera bytes to model input: the vector pass, its plain twin, and OpenCV's resize and blob.</summary>
public class PreprocessBenchmarks
{
    private FramePool _pool = null!;
    private Frame _frame = null!;
    private Preprocessor _preprocessor = null!;
    private float[] _planes = null!;

    [Params("640x480", "1280x720", "1920x1080")]
    public string FrameSize { get; set; } = "";

    [Params(320, 640)]
    public int InputSide { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Cv2.SetNumThreads(1);
        var size = FrameSize.Split('x').Select(int.Parse).ToArray();
        _pool = new FramePool();
        _frame = TestFrame.Create(_pool, size[0], size[1]);
        var shape = new InputShape(InputSide, InputSide);
        _preprocessor = new Preprocessor(size[0], size[1], shape);
        _planes = new float[shape.Width * shape.Height * 3];
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _frame.Dispose();
        _pool.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Vector() => _preprocessor.Run<VectorRowKernel>(_frame.View, _planes);

    [Benchmark]
    public void Scalar() => _preprocessor.Run<ScalarRowKernel>(_frame.View, _planes);

    [Benchmark]
    public void OpenCvResizeAndBlob()
    {
        using var mat = HaarCascade.Wrap(_frame);
        using var blob = CvDnn.BlobFromImage(mat, 1, new Size(InputSide, InputSide), default, swapRB: false, crop: false);
    }
}
