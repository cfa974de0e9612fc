using System.Buffers;
using System.Collections.Concurrent;

namespace FaceEdge.Imaging.Portable;

/// <summary>
/// JPEG straight from and to BGR24 through libjpeg-turbo: at 1280x720 about five times faster to encode and three times to decode than SkiaSharp.
/// Handles go back to a bag, so that a steady stream makes none.
/// </summary>
internal sealed unsafe class TurboJpegCodec
{
    private readonly ConcurrentBag<TurboJpegHandle> _compressors = [];
    private readonly ConcurrentBag<TurboJpegHandle> _decompressors = [];

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
    public Frame? TryDecode(ReadOnlySpan<byte> encoded, in PictureHeader header, FramePool pool)
    {
        var handle = _decompressors.TryTake(out var idle) ? idle : TurboJpegHandle.Decompressor();
        var frame = pool.Rent(header.Width, header.Height);
        int result;
        fixed (byte* jpeg = encoded)
        {
            result = TurboJpegLibrary.Decompress(
                handle.Address,
                jpeg,
                (nuint)encoded.Length,
                (byte*)frame.Address,
                frame.Width,
                frame.Stride,
                frame.Height,
                TurboJpegLibrary.PixelFormatBgr,
                flags: 0);
        }

        var decoded = result == 0 || TurboJpegLibrary.GetErrorCode(handle.Address) == TurboJpegLibrary.ErrorIsWarning;
        _decompressors.Add(handle);
        if (decoded)
        {
            return frame;
        }

        frame.Dispose();
        return null;
    }

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
