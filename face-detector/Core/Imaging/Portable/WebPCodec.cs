using SkiaSharp;

namespace FaceEdge.Imaging.Portable;

/// <summary>
/// WebP through SkiaSharp's libwebp. ImageSharp 2.1.13 makes Huffman tables for as many groups as a lossless file names, used or not: 632 bytes that say
/// 48x32 pixels took 1.16 GB (tests/Fuzz/Corpus has them), and nothing short of decoding tells such a file.
/// </summary>
internal static unsafe class WebPCodec
{
    /// <summary>Width and height, without decoding; null where they cannot be read.</summary>
    public static (int Width, int Height)? Identify(ReadOnlySpan<byte> encoded)
    {
        fixed (byte* bytes = encoded)
        {
            using var data = SKData.Create((nint)bytes, encoded.Length);
            using var codec = SKCodec.Create(data);
            return codec is null ? null : (codec.Info.Width, codec.Info.Height);
        }
    }

    /// <summary>Decodes to the stored orientation; of an animation, the first frame.</summary>
    /// <exception cref="InvalidImageException">Truncated or damaged.</exception>
    public static Frame Decode(ReadOnlySpan<byte> encoded, in PictureHeader header, FramePool pool)
    {
        // No colour space: pixels pass as they are stored.
        var info = new SKImageInfo(header.Width, header.Height, SKColorType.Bgra8888, SKAlphaType.Unpremul);
        using var pixels = new Scratch(info.BytesSize);

        // Whatever the decoder leaves out must not show what another frame left here.
        pixels.Bytes.Clear();
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
}
