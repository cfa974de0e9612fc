using System.Buffers;
using System.Collections.Concurrent;

namespace FaceEdge.Imaging.Portable;

/// <summary>
/// JPEG straight from and to the frame's memory through libjpeg-turbo, the fastest there is.
/// Compressors go back to a bag, so that a steady stream makes none.
/// </summary>
/// <remarks>
/// A decompressor keeps the Huffman and quantisation tables of the pictures it has read, and uses them for a picture that brings none of its own
/// (ITU-T T.81, B.5, "abbreviated format"): each picture gets a new one, which costs some microseconds. Without Huffman tables it takes the standard
/// ones of annex K.3, which MJPEG cameras leave out; there are no standard quantisation tables, and a picture without them is refused.
/// </remarks>
internal sealed unsafe class TurboJpegCodec
{
    private readonly ConcurrentBag<TurboJpegHandle> _compressors = [];

    /// <summary>What libjpeg says of bytes that it passes over: they are no part of the picture. (jerror.h, JWRN_EXTRANEOUS_DATA)</summary>
    private const string Extraneous = "extraneous bytes before marker";

    /// <summary>Samples along a block of JPEG.</summary>
    private const int BlockSide = 8;

    private TurboJpegCodec()
    {
    }

    /// <summary>The codec, or null where the library is not installed.</summary>
    public static TurboJpegCodec? TryLoad()
    {
        try
        {
            using var probe = TurboJpegHandle.Compressor();
            return probe.IsInvalid ? null : new TurboJpegCodec();
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            return null;
        }
    }

    /// <summary>Decodes to the stored orientation; null for a picture that this library does not take, such as CMYK.</summary>
    /// <exception cref="InvalidImageException">It lacks its end marker, and a part of its data too.</exception>
    public static Frame? TryDecode(ReadOnlySpan<byte> encoded, in PictureHeader header, DecodedPixels pixels, FramePool pool)
    {
        if (!header.LacksEndMarker)
        {
            return Decode(encoded, header, pixels, pool, out _);
        }

        using var whole = JpegStructure.WithEndMarker(encoded, []);
        var frame = Decode(whole.Bytes, header, pixels, pool, out var warning);
        if (frame is null || warning is null || warning.Contains(Extraneous, StringComparison.Ordinal))
        {
            return frame;
        }

        frame.Dispose();
        throw PictureHeader.Truncated(header.Width, header.Height);
    }

    private static Frame? Decode(ReadOnlySpan<byte> encoded, in PictureHeader header, DecodedPixels pixels, FramePool pool, out string? warning)
    {
        using var handle = TurboJpegHandle.Decompressor();
        warning = null;
        fixed (byte* jpeg = encoded)
        {
            // It would scale a picture that is smaller than its header said, and leave the rest of the frame as it was.
            if (TurboJpegLibrary.ReadHeader(handle.Address, jpeg, (nuint)encoded.Length, out var width, out var height, out var subsampling, out var colourSpace) != 0
                || width != header.Width
                || height != header.Height)
            {
                return null;
            }

            var staysPlanar = pixels == DecodedPixels.AsCoded
                && (subsampling, colourSpace) == (TurboJpegLibrary.Subsampling420, TurboJpegLibrary.ColourSpaceYCbCr)
                && HasWholeChroma(width, height);
            var frame = pool.Rent(new FrameLayout(staysPlanar ? PixelFormat.I420Full : PixelFormat.Bgr24, width, height));
            MarkEnd(frame);
            var result = staysPlanar ? DecompressPlanes(handle, jpeg, encoded.Length, frame) : Decompress(handle, jpeg, encoded.Length, frame);
            if (result == 0)
            {
                return frame;
            }

            // An error after a warning is reported as a warning too, and leaves the rest of the frame as it was: with another frame's pixels.
            if (TurboJpegLibrary.GetErrorCode(handle.Address) == TurboJpegLibrary.ErrorIsWarning && !IsEndMarked(frame))
            {
                warning = TurboJpegLibrary.ErrorText(handle.Address);
                return frame;
            }

            frame.Dispose();
            return null;
        }
    }

    /// <summary>libjpeg-turbo reads and writes whole chroma samples: of a frame with an odd side, beyond the edge.</summary>
    public static bool HasWholeChroma(int width, int height) => int.IsEvenInteger(width) && int.IsEvenInteger(height);

    private static int Decompress(TurboJpegHandle handle, byte* jpeg, int length, Frame frame) => TurboJpegLibrary.Decompress(
        handle.Address, jpeg, (nuint)length, (byte*)frame.Address, frame.Width, frame.Stride, frame.Height, TurboJpegLibrary.PixelFormatBgr, flags: 0);

    private static int DecompressPlanes(TurboJpegHandle handle, byte* jpeg, int length, Frame frame)
    {
        var planes = stackalloc byte*[3];
        var strides = stackalloc int[3];
        FindPlanes(frame.Layout, (byte*)frame.Address, planes, strides);
        return TurboJpegLibrary.DecompressPlanes(handle.Address, jpeg, (nuint)length, planes, frame.Width, strides, frame.Height, flags: 0);
    }

    private static void FindPlanes(in FrameLayout layout, byte* pixels, byte** planes, int* strides)
    {
        planes[0] = pixels;
        planes[1] = pixels + layout.FirstPlaneBytes;
        planes[2] = planes[1] + layout.ChromaBytes;
        strides[0] = layout.Width;
        strides[1] = strides[2] = layout.ChromaWidth;
    }

    /// <summary>What is written last: rows are written from the top and, of planes, blocks of all three from the left.</summary>
    private static Span<byte> End(Frame frame) => frame.Pixels[^Math.Min(BlockSide, frame.Layout.IsPlanar ? frame.Layout.ChromaWidth : frame.Stride)..];

    /// <summary>Whoever writes over the mark has written everything.</summary>
    private static void MarkEnd(Frame frame)
    {
        var end = End(frame);
        for (var i = 0; i < end.Length; i++)
        {
            end[i] = Mark(i);
        }
    }

    private static bool IsEndMarked(Frame frame)
    {
        var end = End(frame);
        for (var i = 0; i < end.Length; i++)
        {
            if (end[i] != Mark(i))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>No frame's row: neighbouring colours are far apart.</summary>
    private static byte Mark(int index) => (byte)(91 + (index * 197));

    /// <summary>Encodes; planes of 4:2:0 go in as they are, as JPEG is coded in them too.</summary>
    public void EncodeJpeg(in FrameView frame, int quality, IBufferWriter<byte> output)
    {
        // The worst case is as large as the pixels, the result a tenth of it: the writer must not be asked for that much.
        var bound = TurboJpegLibrary.BufferSize(frame.Width, frame.Height, TurboJpegLibrary.Subsampling420);
        using var buffer = new Scratch(checked((int)bound));
        var handle = _compressors.TryTake(out var idle) ? idle : TurboJpegHandle.Compressor();
        try
        {
            fixed (byte* pixels = frame.Pixels)
            fixed (byte* start = buffer.Bytes)
            {
                var jpeg = start;
                var size = bound;
                var result = frame.IsPlanar
                    ? CompressPlanes(handle, frame, pixels, quality, &jpeg, &size)
                    : TurboJpegLibrary.Compress(
                        handle.Address,
                        pixels,
                        frame.Width,
                        frame.Stride,
                        frame.Height,
                        TurboJpegLibrary.PixelFormatBgr,
                        &jpeg,
                        &size,
                        TurboJpegLibrary.Subsampling420,
                        quality,
                        TurboJpegLibrary.FlagNoReallocation);
                if (result != 0)
                {
                    throw new InvalidOperationException($"libturbojpeg did not encode a {frame.Width}x{frame.Height} frame as JPEG.");
                }

                output.Write(new ReadOnlySpan<byte>(jpeg, (int)size));
            }
        }
        finally
        {
            _compressors.Add(handle);
        }
    }

    private static int CompressPlanes(TurboJpegHandle handle, in FrameView frame, byte* pixels, int quality, byte** jpeg, nuint* size)
    {
        var planes = stackalloc byte*[3];
        var strides = stackalloc int[3];
        FindPlanes(new FrameLayout(frame.Format, frame.Width, frame.Height), pixels, planes, strides);
        return TurboJpegLibrary.CompressPlanes(
            handle.Address,
            planes,
            frame.Width,
            strides,
            frame.Height,
            TurboJpegLibrary.Subsampling420,
            jpeg,
            size,
            quality,
            TurboJpegLibrary.FlagNoReallocation);
    }
}
