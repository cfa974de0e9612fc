using FaceEdge.Drawing;
using FaceEdge.Imaging;
using FaceEdge.Imaging.Portable;

namespace FaceEdge.Benchmarks.EndToEnd;

/// <summary>Tells a frame with boxes from a notice or a frame in which nothing was found yet.</summary>
internal static class BoxedFrame
{
    /// <summary>Of a channel, between the green that was painted and the green that comes out of JPEG.</summary>
    private const int Tolerance = 48;

    /// <summary>A box of 60x80 has some 800 pixels of line.</summary>
    private const int LeastPixels = 200;

    private static readonly PortableBackend Codec = PortableBackend.Create();

    public static bool Is(ReadOnlyMemory<byte> jpeg)
    {
        using var pool = new FramePool();
        using var frame = Codec.Decode(jpeg.Span, ImageLimits.Default, pool);
        var green = 0;
        for (var pixels = frame.Pixels; pixels.Length >= 3; pixels = pixels[3..])
        {
            green += Near(pixels[0], Colour.BoxGreen.Blue) && Near(pixels[1], Colour.BoxGreen.Green) && Near(pixels[2], Colour.BoxGreen.Red) ? 1 : 0;
        }

        return green >= LeastPixels;
    }

    private static bool Near(byte value, byte wanted) => Math.Abs(value - wanted) <= Tolerance;
}
