namespace FaceEdge.Imaging;

/// <summary>Walks a JPEG's markers (ITU-T T.81, annex B) without decoding it.</summary>
internal static class JpegStructure
{
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;

    /// <summary>
    /// Whether the end-of-image marker of the picture itself (not of a thumbnail inside it) is there.
    /// Decoders paint the missing rest of a truncated file grey and call it a success.
    /// </summary>
    public static bool IsComplete(ReadOnlySpan<byte> jpeg) => IsComplete(jpeg, out _);

    /// <summary>As <see cref="IsComplete(ReadOnlySpan{byte})"/>, and counts the scans that a decoder would go through.</summary>
    public static bool IsComplete(ReadOnlySpan<byte> jpeg, out int scans)
    {
        scans = 0;
        var rest = jpeg;
        if (rest.Length < 4 || rest[0] != 0xFF || rest[1] != StartOfImage)
        {
            return false;
        }

        rest = rest[2..];
        while (TryReadMarker(ref rest, out var marker))
        {
            if (marker == EndOfImage)
            {
                return true;
            }

            if (marker is 0x00 or 0x01 or (>= 0xD0 and <= 0xD7))
            {
                // Stuffed byte, TEM, restart: stand alone, inside entropy-coded data.
                continue;
            }

            scans += marker == StartOfScan ? 1 : 0;
            if (rest.Length < 2)
            {
                return false;
            }

            var length = (rest[0] << 8) | rest[1];
            if (length < 2 || length > rest.Length)
            {
                return false;
            }

            rest = rest[length..];
        }

        return false;
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
