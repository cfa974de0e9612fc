using System.Buffers;
using SkiaSharp;

namespace FaceEdge.Imaging.Portable;

/// <summary>JPEG, PNG and WebP through SkiaSharp, whose pixels are BGRA32.</summary>
internal static unsafe class SkiaCodec
{
    /// <summary>No marker among them, and not the code of a grey picture.</summary>
    private static readonly byte[] ArbitraryData = [0x5A, 0xC3, 0x17, 0x9E, 0x2B, 0xD4, 0x61, 0x8F, 0x3C, 0xE5, 0x72, 0x09, 0xB6, 0x4D, 0xA8, 0x1F];

    /// <summary>Decodes to the stored orientation.</summary>
    /// <exception cref="InvalidImageException">Truncated or damaged.</exception>
    public static Frame Decode(ReadOnlySpan<byte> encoded, in PictureHeader header, FramePool pool)
    {
        var info = Bgra(header.Width, header.Height, SKAlphaType.Unpremul);
        using var pixels = new Scratch(info.BytesSize);

        // Whatever the decoder leaves out must not show what another picture left here.
        pixels.Bytes.Clear();
        if (header.LacksEndMarker)
        {
            DecodeUnmarked(encoded, info, pixels.Bytes);
        }
        else
        {
            DecodeWhole(encoded, info, pixels.Bytes);
        }

        var frame = pool.Rent(header.Width, header.Height);
        PixelLayout.BgraToBgr(pixels.Bytes, frame.Pixels);
        return frame;
    }

    private static void DecodeWhole(ReadOnlySpan<byte> encoded, SKImageInfo info, Span<byte> pixels)
    {
        fixed (byte* bytes = encoded)
        fixed (byte* target = pixels)
        {
            using var data = SKData.Create((nint)bytes, encoded.Length);
            using var codec = SKCodec.Create(data);
            if (codec is null || codec.GetPixels(info, (nint)target) != SKCodecResult.Success)
            {
                throw PictureHeader.Truncated(info.Width, info.Height);
            }
        }
    }

    /// <summary>
    /// SkiaSharp keeps to itself whether it had to paint a rest of the picture grey for want of data. If it had, other data in that place make another
    /// picture; if not, nothing that follows is looked at.
    /// </summary>
    private static void DecodeUnmarked(ReadOnlySpan<byte> encoded, SKImageInfo info, Span<byte> pixels)
    {
        using var continued = new Scratch(pixels.Length);
        continued.Bytes.Clear();
        using (var whole = JpegStructure.WithEndMarker(encoded, []))
        {
            DecodeWhole(whole.Bytes, info, pixels);
        }

        using (var longer = JpegStructure.WithEndMarker(encoded, ArbitraryData))
        {
            DecodeWhole(longer.Bytes, info, continued.Bytes);
        }

        if (!pixels.SequenceEqual(continued.Bytes))
        {
            throw PictureHeader.Truncated(info.Width, info.Height);
        }
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
