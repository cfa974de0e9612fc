using System.Buffers.Binary;

namespace FaceEdge.Imaging;

/// <summary>
/// Walks the chunks of PNG (PNG 3rd edition, 5.3) and WebP (RFC 9649, 2.3) without decoding them: decoders leave out the missing rest of a truncated
/// file and call it a success.
/// </summary>
internal static class ChunkStructure
{
    private const int RiffHeader = 12;

    public static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool IsPng(ReadOnlySpan<byte> encoded) => encoded.StartsWith(PngSignature);

    public static bool IsWebP(ReadOnlySpan<byte> encoded) =>
        encoded.Length >= RiffHeader && encoded.StartsWith("RIFF"u8) && encoded[8..].StartsWith("WEBP"u8);

    /// <summary>Whether every chunk is whole and the last one, IEND, is there.</summary>
    public static bool IsCompletePng(ReadOnlySpan<byte> png)
    {
        // Length, type, data, checksum.
        for (var rest = png[PngSignature.Length..]; rest.Length >= 12;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - 12)
            {
                return false;
            }

            if (rest[4..].StartsWith("IEND"u8))
            {
                return true;
            }

            rest = rest[((int)length + 12)..];
        }

        return false;
    }

    /// <summary>Whether the file is as long as it says and every chunk in it whole.</summary>
    public static bool IsCompleteWebP(ReadOnlySpan<byte> webP)
    {
        var size = BinaryPrimitives.ReadUInt32LittleEndian(webP[4..]);
        if (size < 4 || size > webP.Length - 8)
        {
            return false;
        }

        // Type, length, data, a byte more where the length is odd.
        for (var rest = webP[RiffHeader..((int)size + 8)]; rest.Length >= 8;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (length > rest.Length - 8)
            {
                return false;
            }

            rest = rest[Math.Min(rest.Length, (int)length + 8 + (int)(length & 1))..];
        }

        return true;
    }
}
