using System.Buffers;
using System.Collections.Concurrent;

namespace FaceEdge.Imaging.Portable;

/// <summary>
/// JPEG straight from and to BGR24 through libjpeg-turbo, the fastest there is.
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
    public static Frame? TryDecode(ReadOnlySpan<byte> encoded, in PictureHeader header, FramePool pool)
    {
        if (!header.LacksEndMarker)
        {
            return Decode(encoded, header, pool, out _);
        }

        using var whole = JpegStructure.WithEndMarker(encoded, []);
        var frame = Decode(whole.Bytes, header, pool, out var warning);
        if (frame is null || warning is null || warning.Contains(Extraneous, StringComparison.Ordinal))
        {
            return frame;
        }

        frame.Dispose();
        throw PictureHeader.Truncated(header.Width, header.Height);
    }

    private static Frame? Decode(ReadOnlySpan<byte> encoded, in PictureHeader header, FramePool pool, out string? warning)
    {
        using var handle = TurboJpegHandle.Decompressor();
        warning = null;
        fixed (byte* jpeg = encoded)
        {
            // It would scale a picture that is smaller than its header was read, and leave the rest of the frame as it was.
            if (TurboJpegLibrary.ReadHeader(handle.Address, jpeg, (nuint)encoded.Length, out var width, out var height, out _, out _) != 0
                || width != header.Width
                || height != header.Height)
            {
                return null;
            }

            var frame = pool.Rent(width, height);
            MarkLastRow(frame);
            var result = TurboJpegLibrary.Decompress(
                handle.Address,
                jpeg,
                (nuint)encoded.Length,
                (byte*)frame.Address,
                frame.Width,
                frame.Stride,
                frame.Height,
                TurboJpegLibrary.PixelFormatBgr,
                flags: 0);
            if (result == 0)
            {
                return frame;
            }

            // An error after a warning is told as a warning too, and leaves the rest of the frame as it was: with another picture's pixels.
            if (TurboJpegLibrary.GetErrorCode(handle.Address) == TurboJpegLibrary.ErrorIsWarning && !IsLastRowMarked(frame))
            {
                warning = TurboJpegLibrary.ErrorText(handle.Address);
                return frame;
            }

            frame.Dispose();
            return null;
        }
    }

    /// <summary>Rows are written from the top: whoever writes over the mark has written everything.</summary>
    private static void MarkLastRow(Frame frame)
    {
        var row = frame.Pixels[^frame.Stride..];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = Mark(i);
        }
    }

    private static bool IsLastRowMarked(Frame frame)
    {
        var row = frame.Pixels[^frame.Stride..];
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] != Mark(i))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>No picture's row: neighbouring colours are far apart.</summary>
    private static byte Mark(int index) => (byte)(91 + (index * 197));

    public void EncodeJpeg(Frame frame, int quality, IBufferWriter<byte> output)
    {
        // The worst case is as large as the pixels, what comes out a tenth of it: the writer must not be asked for that much.
        var bound = TurboJpegLibrary.BufferSize(frame.Width, frame.Height, TurboJpegLibrary.Subsampling420);
        using var buffer = new Scratch(checked((int)bound));
        var handle = _compressors.TryTake(out var idle) ? idle : TurboJpegHandle.Compressor();
        try
        {
            fixed (byte* start = buffer.Bytes)
            {
                var jpeg = start;
                var size = bound;
                var result = TurboJpegLibrary.Compress(
                    handle.Address,
                    (byte*)frame.Address,
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
                    throw new InvalidOperationException($"libturbojpeg did not encode a {frame.Width}x{frame.Height} picture as JPEG.");
                }

                output.Write(new ReadOnlySpan<byte>(jpeg, (int)size));
            }
        }
        finally
        {
            _compressors.Add(handle);
        }
    }
}
