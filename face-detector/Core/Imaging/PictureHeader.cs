using FaceEdge.Imaging.Portable;

namespace FaceEdge.Imaging;

/// <summary>What a picture's header says, read and checked before any native decoder is given the bytes.</summary>
/// <param name="Format">JPEG, PNG or WebP.</param>
/// <param name="Width">Pixels in a row as stored, before <paramref name="Orientation"/> turns them.</param>
/// <param name="Height">Rows as stored.</param>
/// <param name="Orientation">EXIF orientation.</param>
/// <param name="LacksEndMarker">A JPEG that may be whole but for its end-of-image marker: the decoder must tell whether it is.</param>
internal readonly record struct PictureHeader(PictureFormat Format, int Width, int Height, Orientation Orientation, bool LacksEndMarker)
{
    /// <summary>
    /// Encoders of progressive JPEG write about ten, and four times that with every plane refined bit by bit. Each may be a few bytes and
    /// makes a decoder go over all pixels again.
    /// </summary>
    private const int MaxScans = 64;

    /// <summary>Reads the header and refuses what the limits or the format forbid.</summary>
    /// <exception cref="InvalidImageException">Not a JPEG, PNG or WebP, truncated, or over a limit.</exception>
    public static PictureHeader Read(ReadOnlySpan<byte> encoded, in ImageLimits limits)
    {
        if (encoded.IsEmpty)
        {
            throw new InvalidImageException("The picture is empty: send the bytes of a JPEG, PNG or WebP file.");
        }

        if (encoded.Length > limits.MaxBytes)
        {
            throw new InvalidImageException($"The picture has {encoded.Length:N0} bytes; at most {limits.MaxBytes:N0} are taken.");
        }

        var format = FormatOf(encoded);
        var (width, height) = SizeOf(format, encoded) ?? throw Unreadable();
        if (width < 1 || height < 1)
        {
            throw new InvalidImageException($"The picture's header says {width}x{height} pixels.");
        }

        if (Math.Max(width, height) > limits.MaxSide || (long)width * height > limits.MaxPixels)
        {
            throw new InvalidImageException(
                $"The picture has {width}x{height} pixels; at most {limits.MaxSide:N0} a side and {limits.MaxPixels:N0} in all are taken.");
        }

        var lacksEndMarker = CheckEnd(format, encoded, width, height);
        return new PictureHeader(format, width, height, ExifOrientation.Find(format, encoded), lacksEndMarker);
    }

    private static PictureFormat FormatOf(ReadOnlySpan<byte> encoded)
    {
        if (JpegStructure.IsJpeg(encoded))
        {
            return PictureFormat.Jpeg;
        }

        if (ChunkStructure.IsPng(encoded))
        {
            return PictureFormat.Png;
        }

        return ChunkStructure.IsWebP(encoded) ? PictureFormat.WebP : throw Unreadable();
    }

    /// <summary>A JPEG's header is read here, at no cost; other formats are read by their decoder.</summary>
    private static (int Width, int Height)? SizeOf(PictureFormat format, ReadOnlySpan<byte> encoded)
    {
        if (format != PictureFormat.Jpeg)
        {
            return format == PictureFormat.WebP ? WebPCodec.Identify(encoded) : ImageSharpCodec.Identify(encoded);
        }

        return JpegStructure.TryReadHeader(encoded, out var header) ? (header.Width, header.Height) : null;
    }

    /// <returns>Whether it is a JPEG that may be whole but for its end-of-image marker.</returns>
    private static bool CheckEnd(PictureFormat format, ReadOnlySpan<byte> encoded, int width, int height)
    {
        var (end, scans) = (JpegEnd.Marked, 0);
        var isWhole = format switch
        {
            PictureFormat.Jpeg => JpegStructure.TryReadHeader(encoded, out var header) && header.HasQuantisationTables && (end = JpegStructure.EndOf(encoded, out scans)) != JpegEnd.Truncated,
            PictureFormat.Png => ChunkStructure.IsCompletePng(encoded),
            _ => ChunkStructure.IsCompleteWebP(encoded),
        };
        if (!isWhole)
        {
            throw Truncated(width, height);
        }

        if (scans > MaxScans)
        {
            throw new InvalidImageException($"The JPEG has {scans:N0} scans; at most {MaxScans} are taken.");
        }

        return end == JpegEnd.Unmarked;
    }

    private static InvalidImageException Unreadable() => new("Not a picture that can be read: send a whole JPEG, PNG or WebP file.");

    /// <summary>The message for a file that ends before its picture does.</summary>
    public static InvalidImageException Truncated(int width, int height) =>
        new($"The picture is truncated or damaged: its header promises {width}x{height} pixels, its data end before or cannot be decoded.");
}
