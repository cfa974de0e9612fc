using System.Buffers;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Memory;
using SixLabors.ImageSharp.PixelFormats;

namespace FaceEdge.Imaging.Portable;

/// <summary>
/// JPEG and PNG through ImageSharp: managed code, so that bytes from strangers cannot corrupt memory. It gets nothing whose header was not checked
/// before, knows no other format, and has a limit on memory.
/// </summary>
internal static unsafe class ImageSharpCodec
{
    /// <summary>The largest picture that <see cref="ImageLimits.Default"/> lets through, at four bytes a pixel, and a quarter more.</summary>
    private const int MostMegabytes = 256;

    /// <summary>Kept between pictures: the buffers of one 720p JPEG.</summary>
    private const int KeptMegabytes = 8;

    /// <summary>No marker among them, and not the code of a grey picture.</summary>
    private static readonly byte[] ArbitraryData = [0x5A, 0xC3, 0x17, 0x9E, 0x2B, 0xD4, 0x61, 0x8F, 0x3C, 0xE5, 0x72, 0x09, 0xB6, 0x4D, 0xA8, 0x1F];

    private static readonly Configuration Settings = new(new JpegConfigurationModule(), new PngConfigurationModule())
    {
        // One picture, one thread: the others are another camera's.
        MaxDegreeOfParallelism = 1,
        MemoryAllocator = new CleanAllocator(MemoryAllocator.Create(
            new MemoryAllocatorOptions { AllocationLimitMegabytes = MostMegabytes, MaximumPoolSizeMegabytes = KeptMegabytes })),
    };

    /// <summary>Decodes a picture whose header was checked, to the stored orientation.</summary>
    /// <exception cref="InvalidImageException">Truncated or damaged.</exception>
    public static Frame Decode(ReadOnlySpan<byte> encoded, in PictureHeader header, FramePool pool)
    {
        if (!header.LacksEndMarker)
        {
            return DecodeWhole(encoded, header, pool);
        }

        // ImageSharp does not tell whether data were missing at the end. If they were, appended data change the result; if not, it does not read
        // them.
        using var whole = JpegStructure.WithEndMarker(encoded, []);
        using var longer = JpegStructure.WithEndMarker(encoded, ArbitraryData);
        using var continued = DecodeWhole(longer.Bytes, header, pool);
        var frame = DecodeWhole(whole.Bytes, header, pool);
        if (frame.Pixels.SequenceEqual(continued.Pixels))
        {
            return frame;
        }

        frame.Dispose();
        throw PictureHeader.Truncated(header.Width, header.Height);
    }

    /// <summary>Width and height as the decoder reads them, without decoding; null where it reads none.</summary>
    public static (int Width, int Height)? Identify(ReadOnlySpan<byte> encoded)
    {
        fixed (byte* bytes = encoded)
        {
            using var stream = new UnmanagedMemoryStream(bytes, encoded.Length);
            try
            {
                return Image.Identify(Settings, stream) is { } info ? (info.Width, info.Height) : null;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                return null;
            }
        }
    }

    /// <summary>4:2:0.</summary>
    /// <param name="frame">BGR24, rows packed.</param>
    /// <param name="quality">1 to 100.</param>
    /// <param name="output">Receives the bytes.</param>
    public static void EncodeJpeg(in FrameView frame, int quality, IBufferWriter<byte> output)
    {
        using var image = Image.LoadPixelData<Bgr24>(Settings, frame.Pixels, frame.Width, frame.Height);
        using var stream = new BufferWriterStream(output);
        image.SaveAsJpeg(stream, new JpegEncoder { Quality = quality, ColorType = JpegColorType.YCbCrRatio420 });
    }

    private static Frame DecodeWhole(ReadOnlySpan<byte> encoded, in PictureHeader header, FramePool pool)
    {
        if (header.Format == PictureFormat.Jpeg && JpegStructure.TryReadHeader(encoded, out var jpeg) && !jpeg.HasHuffmanTables)
        {
            using var whole = JpegStructure.WithStandardTables(encoded);
            return DecodeTabled(whole.Bytes, header, pool);
        }

        return DecodeTabled(encoded, header, pool);
    }

    private static Frame DecodeTabled(ReadOnlySpan<byte> encoded, in PictureHeader header, FramePool pool)
    {
        // The decoder's own reading decides what it allocates.
        if (Identify(encoded) != (header.Width, header.Height))
        {
            throw PictureHeader.Truncated(header.Width, header.Height);
        }

        using var image = Load(encoded, header);
        var frame = pool.Rent(header.Width, header.Height);
        try
        {
            image.CopyPixelDataTo(frame.Pixels);
            return frame;
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    private static Image<Bgr24> Load(ReadOnlySpan<byte> encoded, in PictureHeader header)
    {
        fixed (byte* bytes = encoded)
        {
            using var stream = new UnmanagedMemoryStream(bytes, encoded.Length);
            Image<Bgr24>? image = null;
            try
            {
                image = Image.Load<Bgr24>(Settings, stream);
                if (image.Width == header.Width && image.Height == header.Height)
                {
                    return image;
                }
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Damaged bytes do not always lead to an exception of its own.
                throw new InvalidImageException(PictureHeader.Truncated(header.Width, header.Height).Message, exception);
            }

            image.Dispose();
            throw PictureHeader.Truncated(header.Width, header.Height);
        }
    }
}
