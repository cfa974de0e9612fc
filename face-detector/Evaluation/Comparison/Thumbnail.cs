using System.Buffers;
using FaceEdge.Imaging;

namespace FaceEdge.Evaluation.Comparison;

/// <summary>A picture made small enough to stand in a page.</summary>
internal static class Thumbnail
{
    /// <summary>Pixels of the longer side, at most.</summary>
    public const int LongestSide = 640;

    private const int JpegQuality = 80;

    /// <summary>JPEG, reduced by a whole factor where it is too large: every pixel is the mean of those that it covers.</summary>
    public static ReadOnlyMemory<byte> Encode(Frame frame, IImagingBackend imaging, FramePool pool)
    {
        var jpeg = new ArrayBufferWriter<byte>();
        var factor = (Math.Max(frame.Width, frame.Height) + LongestSide - 1) / LongestSide;
        if (factor <= 1 || Math.Min(frame.Width, frame.Height) < factor)
        {
            imaging.EncodeJpeg(frame, JpegQuality, jpeg);
            return jpeg.WrittenMemory;
        }

        using var small = pool.Rent(frame.Width / factor, frame.Height / factor);
        for (var y = 0; y < small.Height; y++)
        {
            for (var x = 0; x < small.Width * 3; x++)
            {
                small.Pixels[(y * small.Stride) + x] = Mean(frame, (x / 3 * factor * 3) + (x % 3), y * factor, factor);
            }
        }

        imaging.EncodeJpeg(small, JpegQuality, jpeg);
        return jpeg.WrittenMemory;
    }

    private static byte Mean(Frame frame, int left, int top, int factor)
    {
        var sum = 0;
        for (var y = 0; y < factor; y++)
        {
            var row = frame.Pixels[((top + y) * frame.Stride)..];
            for (var x = 0; x < factor; x++)
            {
                sum += row[left + (x * 3)];
            }
        }

        return (byte)(sum / (factor * factor));
    }
}
