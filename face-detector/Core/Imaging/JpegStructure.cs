namespace FaceEdge.Imaging;

/// <summary>Walks a JPEG's markers (ITU-T T.81, annex B) without decoding it.</summary>
internal static class JpegStructure
{
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte BaselineFrame = 0xC0;
    private const byte ExtendedFrame = 0xC1;

    /// <summary>Where a frame's and a scan's header say of how many components they are, counted from their length.</summary>
    private const int ComponentsInFrame = 7;

    private const int ComponentsInScan = 2;

    /// <summary>
    /// Whether the end-of-image marker of the picture itself (not of a thumbnail inside it) is there.
    /// Decoders paint the missing rest of a truncated file grey and call it a success.
    /// </summary>
    public static bool IsComplete(ReadOnlySpan<byte> jpeg) => EndOf(jpeg, out _) == JpegEnd.Marked;

    /// <summary>How the picture ends, and how many scans a decoder would go through.</summary>
    public static JpegEnd EndOf(ReadOnlySpan<byte> jpeg, out int scans)
    {
        scans = 0;
        var rest = jpeg;
        if (rest.Length < 4 || rest[0] != 0xFF || rest[1] != StartOfImage)
        {
            return JpegEnd.Truncated;
        }

        rest = rest[2..];
        var (components, inWholeScan) = (0, false);
        while (TryReadMarker(ref rest, out var marker))
        {
            if (marker == EndOfImage)
            {
                return JpegEnd.Marked;
            }

            if (marker is 0x00 or 0x01 or (>= 0xD0 and <= 0xD7))
            {
                // Stuffed byte, TEM, restart: stand alone, inside entropy-coded data.
                continue;
            }

            if (rest.Length < 2)
            {
                return JpegEnd.Truncated;
            }

            var length = (rest[0] << 8) | rest[1];
            if (length < 2 || length > rest.Length)
            {
                return JpegEnd.Truncated;
            }

            if (marker is BaselineFrame or ExtendedFrame && length > ComponentsInFrame)
            {
                components = rest[ComponentsInFrame];
            }

            scans += marker == StartOfScan ? 1 : 0;
            inWholeScan = marker == StartOfScan && length > ComponentsInScan && rest[ComponentsInScan] == components;
            rest = rest[length..];
        }

        // Of a sequential picture with one scan for all colours, the data behind that scan's header are all there is to come.
        return inWholeScan && scans == 1 && components > 0 ? JpegEnd.Unmarked : JpegEnd.Truncated;
    }

    /// <summary>A copy of a picture that lacks its end-of-image marker, with it; the caller disposes it.</summary>
    /// <param name="jpeg">The picture.</param>
    /// <param name="between">Entropy-coded data to put before the marker.</param>
    public static Scratch WithEndMarker(ReadOnlySpan<byte> jpeg, ReadOnlySpan<byte> between)
    {
        var whole = new Scratch(jpeg.Length + between.Length + 2);
        jpeg.CopyTo(whole.Bytes);
        between.CopyTo(whole.Bytes[jpeg.Length..]);
        (whole.Bytes[^2], whole.Bytes[^1]) = (0xFF, EndOfImage);
        return whole;
    }

    /// <summary>The bytes before the next marker are entropy-coded data, or padding that decoders skip as well.</summary>
    private static bool TryReadMarker(ref ReadOnlySpan<byte> rest, out byte marker)
    {
        marker = 0;
        var at = rest.IndexOf((byte)0xFF);
        if (at < 0)
        {
            return false;
        }

        var code = rest[at..].IndexOfAnyExcept((byte)0xFF);
        if (code < 0)
        {
            return false;
        }

        marker = rest[at + code];
        rest = rest[(at + code + 1)..];
        return true;
    }
}
