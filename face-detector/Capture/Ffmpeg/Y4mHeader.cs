using System.Globalization;
using FaceEdge.Imaging;

namespace FaceEdge.Capture.Ffmpeg;

/// <summary>The first line of a YUV4MPEG2 stream (yuv4mpeg(5) of mjpegtools).</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="FullRange">Luma from 0 to 255 rather than 16 to 235.</param>
internal readonly record struct Y4mHeader(int Width, int Height, bool FullRange)
{
    /// <summary>Far over any camera, far under what would overflow.</summary>
    private const int MaxSide = 16_384;

    /// <summary>How each frame lies in the stream.</summary>
    public FrameLayout Layout => new(FullRange ? PixelFormat.I420Full : PixelFormat.I420, Width, Height);

    /// <exception cref="CaptureException">Not such a header, or pixels other than 4:2:0 of 8 bits.</exception>
    public static Y4mHeader Parse(string line)
    {
        int width = 0, height = 0;
        var fullRange = false;
        var words = line.Split(' ');
        if (words[0] != "YUV4MPEG2")
        {
            throw new CaptureException("ffmpeg delivers no frames");
        }

        foreach (var word in words.AsSpan(1))
        {
            if (word.StartsWith('W'))
            {
                width = Side(word);
            }
            else if (word.StartsWith('H'))
            {
                height = Side(word);
            }
            else if (word.StartsWith('C') && word is not ("C420" or "C420jpeg" or "C420mpeg2" or "C420paldv"))
            {
                throw new CaptureException($"ffmpeg delivers pixels of the kind {word}, expected C420");
            }
            else
            {
                fullRange |= word is "XCOLORRANGE=FULL";
            }
        }

        if ((long)width * height > ImageLimits.Default.MaxPixels)
        {
            throw new CaptureException($"the camera's frames have {width}x{height} pixels; at most {ImageLimits.Default.MaxPixels:N0} are taken");
        }

        return width > 0 && height > 0
            ? new Y4mHeader(width, height, fullRange)
            : throw new CaptureException("ffmpeg delivers frames without a size");
    }

    private static int Side(string word) =>
        int.TryParse(word.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side is > 0 and <= MaxSide ? side : 0;
}
