using System.Buffers;
using SkiaSharp;

namespace FaceEdge.Imaging.Portable;

/// <summary>JPEG, PNG and WebP through SkiaSharp, whose pixels are BGRA32.</summary>
internal static unsafe class SkiaCodec
{
    /// <summary>Decodes to the stored orientation.</summary>
    /// <exception cref="InvalidImageException">Truncated or damaged.</exception>
    public static Frame Decode(ReadOnlySpan<byte> encoded, in PictureHeader header, FramePool pool)
    {
        var info = Bgra(header.Width, header.Height, SKAlphaType.Unpremul);
        using var pixels = new Scratch(info.BytesSize);
        fixed (byte* bytes = encoded)
        fixed (byte* target = pixels.Bytes)
        {
            using var data = SKData.Create((nint)bytes, encoded.Length);
            using var codec = SKCodec.Create(data);
            if (codec is null || codec.GetPixels(info, (nint)target) != SKCodecResult.Success)
            {
                throw PictureHeader.Truncated(header.Width, header.Height);
            }
        }

        var frame = pool.Rent(header.Width, header.Height);
        PixelLayout.BgraToBgr(pixels.Bytes, frame.Pixels);
        return frame;
    }

    public static void EncodeJpeg(Frame frame, int quality, IBufferWriter<byte> output)
    {
        var info = Bgra(frame.Width, frame.Height, SKAlphaType.Opaque);
        using var pixels = new Scratch(info.BytesSize);
        PixelLayout.BgrToBgra(frame.Pixels, pixels.Bytes);
        fixed (byte* source = pixels.Bytes)
        {
            using var pixmap = new SKPixmap(info, (nint)source);
            using var stream = new SKDynamicMemoryWStream();
            var options = new SKJpegEncoderOptions(quality, SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore);
            if (!pixmap.Encode(stream, options))
            {
                throw new InvalidOperationException($"SkiaSharp did not encode a {frame.Width}x{frame.Height} picture as JPEG.");
            }

            using var encoded = stream.DetachAsData();
            output.Write(encoded.AsSpan());
        }
    }

    // No colour space: pixels pass as they are stored, as OpenCV does it.
    private static SKImageInfo Bgra(int width, int height, SKAlphaType alpha) => new(width, height, SKColorType.Bgra8888, alpha);
}
