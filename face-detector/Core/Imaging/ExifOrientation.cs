using System.Buffers.Binary;

namespace FaceEdge.Imaging;

/// <summary>
/// Finds the EXIF orientation of JPEG (CIPA DC-008, segment APP1), PNG (PNG 3rd edition, 11.3.2.2, chunk eXIf) and WebP (RFC 9649, 2.7.1.5, chunk EXIF), which decoders pass over or turn by
/// themselves. Reads the one tag and nothing else.
/// </summary>
internal static class ExifOrientation
{
    private const int PngSignature = 8;
    private const int RiffHeader = 12;
    private const ushort OrientationTag = 0x0112;
    private const ushort ShortType = 3;
    private const int EntryLength = 12;

    /// <summary>The orientation, or <see cref="Orientation.TopLeft"/> where there is none or it cannot be read.</summary>
    public static Orientation Find(PictureFormat format, ReadOnlySpan<byte> encoded) => format switch
    {
        PictureFormat.Jpeg => JpegStructure.TryReadHeader(encoded, out var header) ? OfTiff(header.Exif) : Orientation.TopLeft,
        PictureFormat.Png => OfTiff(PngChunk(encoded)),
        PictureFormat.WebP => OfTiff(WebPChunk(encoded)),
        _ => Orientation.TopLeft,
    };

    /// <summary>Length, type, data, checksum, one after the other; before the picture's data or behind them.</summary>
    private static ReadOnlySpan<byte> PngChunk(ReadOnlySpan<byte> png)
    {
        var rest = png.Length > PngSignature ? png[PngSignature..] : [];
        while (rest.Length >= 12)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - 12)
            {
                break;
            }

            if (rest[4..].StartsWith("eXIf"u8))
            {
                return rest.Slice(8, (int)length);
            }

            rest = rest[((int)length + 12)..];
        }

        return [];
    }

    /// <summary>Type, length, data, a byte more where the length is odd.</summary>
    private static ReadOnlySpan<byte> WebPChunk(ReadOnlySpan<byte> webP)
    {
        var rest = webP.Length > RiffHeader ? webP[RiffHeader..] : [];
        while (rest.Length >= 8)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (length > rest.Length - 8)
            {
                break;
            }

            if (rest.StartsWith("EXIF"u8))
            {
                var data = rest.Slice(8, (int)length);

                // Some writers copy JPEG's prefix along.
                return data.StartsWith("Exif\0\0"u8) ? data[6..] : data;
            }

            rest = rest[Math.Min(rest.Length, (int)length + 8 + (int)(length & 1))..];
        }

        return [];
    }

    /// <summary>TIFF 6.0, section 2: byte order, 42, and where the first directory lies.</summary>
    private static Orientation OfTiff(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II*\0"u8) || tiff.StartsWith("MM\0*"u8)))
        {
            return Orientation.TopLeft;
        }

        var isBigEndian = tiff[0] == 'M';
        var start = isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]);
        if (start > tiff.Length - 2)
        {
            return Orientation.TopLeft;
        }

        var directory = tiff[(int)start..];
        var entries = directory[2..];
        for (var left = Word(directory, isBigEndian); left > 0 && entries.Length >= EntryLength; left--, entries = entries[EntryLength..])
        {
            if (Word(entries, isBigEndian) == OrientationTag && Word(entries[2..], isBigEndian) == ShortType)
            {
                var value = (Orientation)Word(entries[8..], isBigEndian);
                return Enum.IsDefined(value) ? value : Orientation.TopLeft;
            }
        }

        return Orientation.TopLeft;
    }

    private static ushort Word(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
