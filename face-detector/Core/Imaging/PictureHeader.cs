using SkiaSharp;

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
    public static unsafe PictureHeader Read(ReadOnlySpan<byte> encoded, in ImageLimits limits)
    {
        if (encoded.IsEmpty)
        {
            throw new InvalidImageException("The picture is empty: send the bytes of a JPEG, PNG or WebP file.");
        }

        if (encoded.Length > limits.MaxBytes)
        {
            throw new InvalidImageException($"The picture has {encoded.Length:N0} bytes; at most {limits.MaxBytes:N0} are taken.");
        }

        fixed (byte* bytes = encoded)
        {
            using var data = SKData.Create((nint)bytes, encoded.Length);
            using var codec = SKCodec.Create(data)
                ?? throw new InvalidImageException("Not a picture that can be read: send a whole JPEG, PNG or WebP file.");
            return Check(codec, encoded, limits);
        }
    }

    private static PictureHeader Check(SKCodec codec, ReadOnlySpan<byte> encoded, in ImageLimits limits)
    {
        var format = codec.EncodedFormat switch
        {
            SKEncodedImageFormat.Jpeg => PictureFormat.Jpeg,
            SKEncodedImageFormat.Png => PictureFormat.Png,
            SKEncodedImageFormat.Webp => PictureFormat.WebP,
            var other => throw new InvalidImageException($"{other} pictures are not taken: send a JPEG, PNG or WebP file."),
        };
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width < 1 || height < 1)
        {
            throw new InvalidImageException($"The picture's header says {width}x{height} pixels.");
        }

        if (Math.Max(width, height) > limits.MaxSide || (long)width * height > limits.MaxPixels)
        {
            throw new InvalidImageException(
                $"The picture has {width}x{height} pixels; at most {limits.MaxSide:N0} a side and {limits.MaxPixels:N0} in all are taken.");
        }

        var end = JpegEnd.Marked;
        if (format == PictureFormat.Jpeg)
        {
            end = JpegStructure.EndOf(encoded, out var scans);
            if (end == JpegEnd.Truncated)
            {
                throw Truncated(width, height);
            }

            if (scans > MaxScans)
            {
                throw new InvalidImageException($"The JPEG has {scans:N0} scans; at most {MaxScans} are taken.");
            }
        }

        var orientation = (Orientation)codec.EncodedOrigin;
        return new PictureHeader(
            format,
            width,
            height,
            orientation == Orientation.TopLeft ? ExifOrientation.Find(format, encoded) : orientation,
            end == JpegEnd.Unmarked);
    }

    /// <summary>The one wording for a file that ends before its picture does.</summary>
    public static InvalidImageException Truncated(int width, int height) =>
        new($"The picture is truncated or damaged: its header promises {width}x{height} pixels, its data end before or cannot be decoded.");
}
