using System.Text;
using FaceEdge.Detection;
using FaceEdge.Drawing;
using FaceEdge.Imaging;
using FaceEdge.Models;
using FaceEdge.Streaming;

namespace FaceEdge.Fuzz.Targets;

/// <summary>
/// Frames of any size and format: turned, mirrored and cut as the text says, searched for faces, shrunk, stretched, converted. Five bytes are
/// format, sides, turn and mirror; then comes the crop, and behind a line feed the pixels.
/// </summary>
internal sealed class PlanesTarget : FuzzTarget
{
    private const int LongestSide = 700;

    private static readonly PixelFormat[] Formats = [PixelFormat.Bgr24, PixelFormat.I420, PixelFormat.I420Full];

    private readonly FramePool _pool = new();
    private readonly FramePool _viewed = new();

    public override string Name => "planes";

    public override int MaxLength => 256;

    public override IReadOnlyList<byte[]> Words { get; } = AsBytes("0,0,1,1\n", "0.25,0,0.5,1\n", "0.999,0.999,0.001,0.001\n", "0,0,0.0001,1\n", "0.5,0,0.5,1\n", "\n");

    public override IEnumerable<byte[]> Seeds()
    {
        yield return [1, 41, 33, 1, 1, .. "0.25,0,0.5,1\n"u8, 1, 2, 3];
        yield return [0, 255, 3, 2, 0, .. "0,0,1,1\n"u8, 200];
        yield return [2, 1, 1, 3, 1, .. "0.999,0.999,0.001,0.001\n"u8, 9];
    }

    public override void Run(ReadOnlySpan<byte> input)
    {
        const int Head = 5;
        var end = input.IndexOf((byte)'\n');
        if (end < Head || !CropRegion.TryParse(Encoding.UTF8.GetString(input[Head..end]), out var crop))
        {
            return;
        }

        var layout = new FrameLayout(Formats[input[0] % Formats.Length], Side(input[1]), Side(input[2]));
        var frame = _pool.Rent(layout);
        Fill(frame.Pixels, input[(end + 1)..]);
        using var view = new FrameTransform(90 * (input[3] % 4), input[4] % 2 == 1, crop).Apply(frame, _viewed);
        Require(view.Width > 0 && view.Height > 0 && view.Width <= LongestSide && view.Height <= LongestSide, "a frame no larger than the camera's");
        Search(view);
        Resize(view);
        if (layout.Format != PixelFormat.Bgr24)
        {
            LumaRange.Stretch(view.View, new byte[view.ByteCount]);
            Yuv420.ToBgr(view.View, new byte[view.Width * view.Height * 3]);
        }

        Mosaic.Cover(view, new Box(view.Width / 3f, -2, view.Width, view.Height), 3);
    }

    protected override void Dispose(bool disposing)
    {
        _pool.Dispose();
        _viewed.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>1 to 700: mostly small and odd ones, sometimes one that is wider than the narrowest rendition.</summary>
    private static int Side(byte value) => value < 250 ? (value % 97) + 1 : LongestSide - (255 - value);

    private static void Fill(Span<byte> pixels, ReadOnlySpan<byte> pattern)
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = pattern.IsEmpty ? (byte)i : pattern[i % pattern.Length];
        }
    }

    private static void Search(Frame frame)
    {
        var shape = new InputShape(64, 64);
        var planes = new float[3 * shape.Width * shape.Height];
        new Preprocessor(frame.Width, frame.Height, shape).Run(frame.View, planes);
        Require(Array.TrueForAll(planes, float.IsFinite), "colours that are numbers");
    }

    private static void Resize(Frame frame)
    {
        if (frame.Width <= Rendition.MinWidth)
        {
            return;
        }

        using var canvas = new ResizedCanvas(Rendition.MinWidth);
        using var shrunk = canvas.Resize(frame);
        Require(shrunk.Width == Rendition.MinWidth && shrunk.Height > 0, "a frame of the width that was asked for");
    }
}
