using System.Buffers;
using BenchmarkDotNet.Attributes;
using FaceEdge.Benchmarks.Workloads;
using FaceEdge.Imaging;

namespace FaceEdge.Benchmarks.Suites;

/// <summary>JPEG both ways, by each imaging backend.</summary>
public class JpegBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(1 << 20);
    private FramePool _pool = null!;
    private Frame _frame = null!;
    private IImagingBackend _imaging = null!;
    private byte[] _jpeg = [];

    [Params("OpenCv", "Portable")]
    public string Backend { get; set; } = "";

    [Params("1280x720", "1920x1080")]
    public string FrameSize { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var size = FrameSize.Split('x').Select(int.Parse).ToArray();
        _pool = new FramePool();
        _frame = TestFrame.Create(_pool, size[0], size[1]);
        _imaging = ImagingBackends.Select(new ImagingOptions { Backend = Enum.Parse<ImagingChoice>(Backend) }).Backend;
        Encode();
        _jpeg = _output.WrittenSpan.ToArray();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _frame.Dispose();
        _pool.Dispose();
    }

    [Benchmark]
    public int Encode()
    {
        _output.ResetWrittenCount();
        _imaging.EncodeJpeg(_frame, AnnotatedFrame.JpegQuality, _output);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int Decode()
    {
        using var frame = _imaging.Decode(_jpeg, ImageLimits.Default, _pool);
        return frame.Width;
    }

    [Benchmark]
    public int DecodeAsCoded()
    {
        using var frame = _imaging.Decode(_jpeg, ImageLimits.Default, _pool, DecodedPixels.AsCoded);
        return frame.Width;
    }
}
