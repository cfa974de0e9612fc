using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Models;
using FaceEdge.Tests.Detection.Onnx;

namespace FaceEdge.Fuzz.Targets;

/// <summary>A damaged .onnx file: refused, or a detector that finds something or nothing, but never the end of the process.</summary>
internal sealed class ModelTarget : FuzzTarget
{
    private readonly FramePool _pool = new();
    private readonly Face[] _faces = new Face[64];

    public override string Name => "model";

    public override int MaxLength => 16 * 1024;

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        [0x0A], [0x12], [0x22, 4], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x80, 0x80, 0x80, 0x80, 0x08], .. AsBytes("Conv", "AveragePool", "Reshape", "Transpose", "If", "Loop", "input", "cls_8", "bbox_32", "strides", "kernel_shape", "pads"),
    ];

    public override IEnumerable<byte[]> Seeds()
    {
        yield return SquareModel.Build(64, 64);
        yield return SquareModel.Build("height", "width");
    }

    public override void Run(ReadOnlySpan<byte> input)
    {
        try
        {
            using var detector = FaceDetector.Load(SquareModel.File(input.ToArray()), new InferenceOptions { IntraOpThreads = 1, InputSide = 64 });
            using var frame = _pool.Rent(48, 40);
            frame.Pixels.Fill(200);
            var count = detector.Detect(frame.View, 0.5f, _faces, out _);
            Require(count >= 0 && count <= _faces.Length, "no more faces than fit");
        }
        catch (InvalidModelException exception)
        {
            Require(exception.Message.Contains("square.onnx", StringComparison.Ordinal), "a refusal that names the file");
        }
    }

    protected override void Dispose(bool disposing)
    {
        _pool.Dispose();
        base.Dispose(disposing);
    }
}
