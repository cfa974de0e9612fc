using System.Buffers.Binary;
using System.IO.Compression;
using FaceEdge.Tests.Imaging;
using SkiaSharp;

namespace FaceEdge.Tests.Abuse;

/// <summary>Files that claim to be pictures, or are and want to do harm.</summary>
internal static class HostilePictures
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(value => Enumerable.Range(0, 8).Aggregate(
        (uint)value, (crc, _) => (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1))];

    /// <summary>Name and content of each.</summary>
    public static IEnumerable<(string Name, byte[] Content)> All()
    {
        using var scene = Samples.Scene(160, 120);
        var jpeg = Samples.Encode(scene, SKEncodedImageFormat.Jpeg);
        var png = Samples.Encode(scene, SKEncodedImageFormat.Png);
        var webp = Samples.Encode(scene, SKEncodedImageFormat.Webp);
        yield return ("nothing", []);
        yield return ("one byte", [0xFF]);
        yield return ("random", Random(100_000));
        foreach (var (name, whole) in new[] { ("jpeg", jpeg), ("png", png), ("webp", webp) })
        {
            for (var tenths = 1; tenths < 10; tenths++)
            {
                yield return ($"{name} cut at {tenths} tenths", whole[..(whole.Length * tenths / 10)]);
            }

            yield return ($"{name} with random bytes inside", Damaged(whole));
            yield return ($"{name} with 10 MB behind it", [.. whole, .. new byte[10_000_000]]);
        }

        foreach (var side in new[] { 65_535, 16_384, 5_000 })
        {
            yield return ($"jpeg that claims {side} a side", Samples.Claiming(jpeg, side, side));
            yield return ($"png that claims {side} a side", Png(side, side, []));
            yield return ($"webp that claims {Math.Min(side, 16_384)} a side", Webp(Math.Min(side, 16_384)));
            yield return ($"gif that claims {side} a side", [.. "GIF89a"u8, .. Little((ushort)side), .. Little((ushort)side), 0xF7, 0, 0, .. new byte[768], 0x2C]);
            yield return ($"bmp that claims {side} a side", Bmp(side, side));
        }

        yield return ("jpeg of 65,535 by 1", Samples.Claiming(jpeg, 65_535, 1));
        yield return ("png of no size", Png(0, 0, []));
        yield return ("png of 2,147,483,647 by 1", Png(int.MaxValue, 1, []));
        yield return ("bmp of negative height", Bmp(100, int.MinValue));
        yield return ("icon", [0, 0, 1, 0, 255, 255, .. new byte[200]]);
        yield return ("tiff", [.. "II*\0"u8, 255, 255, 255, 255]);
        yield return ("svg", "<svg xmlns='http://www.w3.org/2000/svg' width='99999' height='99999'/>"u8.ToArray());
        yield return ("png whose colour profile unpacks to 256 MB", Png(8, 8, Deflated(8 * ((8 * 3) + 1)), [.. "x\0\0"u8, .. Deflated(256_000_000)]));
        yield return ("png of 8 by 8 whose pixels unpack to 256 MB", Png(8, 8, Deflated(256_000_000)));
        yield return ("png of 25 million pixels in one colour", Png(5_000, 5_000, Deflated(5_000L * ((5_000 * 3) + 1))));
        yield return ("jpeg of 2,000 scans", ManyScans(2_000));
    }

    private static byte[] Png(int width, int height, byte[] data, byte[]? profile = null)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        byte[] start = [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Chunk("IHDR"u8, header)];
        return [.. start, .. profile is null ? [] : Chunk("iCCP"u8, profile), .. Chunk("IDAT"u8, data), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] checkedPart = [.. type, .. data];
        var crc = ~checkedPart.Aggregate(uint.MaxValue, (crc, value) => CrcTable[(crc ^ value) & 0xFF] ^ (crc >> 8));
        var chunk = new byte[checkedPart.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        checkedPart.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), crc);
        return chunk;
    }

    /// <summary>So many zeros, a thousandth of it packed.</summary>
    private static byte[] Deflated(long zeros)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var block = new byte[1_000_000];
            for (var left = zeros; left > 0; left -= block.Length)
            {
                zlib.Write(block, 0, (int)Math.Min(block.Length, left));
            }
        }

        return packed.ToArray();
    }

    /// <summary>An extended header whose canvas is larger than what follows.</summary>
    private static byte[] Webp(int side)
    {
        byte[] canvas = [0x10, 0, 0, 0, .. Little24(side - 1), .. Little24(side - 1)];
        byte[] body = [.. "WEBPVP8X"u8, 10, 0, 0, 0, .. canvas, .. "VP8L"u8, 4, 0, 0, 0, 0x2F, 0xFF, 0xFF, 0xFF];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body];
    }

    private static byte[] Bmp(int width, int height) =>
    [
        .. "BM"u8, 0, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, .. BitConverter.GetBytes(width), .. BitConverter.GetBytes(height),
        1, 0, 24, 0, .. new byte[24],
    ];

    /// <summary>A JPEG of 4,096 a side whose one scan is repeated: each repetition makes a decoder go over the picture again.</summary>
    private static byte[] ManyScans(int scans)
    {
        var jpeg = Samples.Claiming(Samples.Jpeg(64, 64), 4_096, 4_096);
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        jpeg[frame + 1] = 0xC2;
        var scan = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        return [.. jpeg[..scan], .. Enumerable.Range(0, scans).SelectMany(_ => jpeg[scan..^2]), 0xFF, 0xD9];
    }

    private static byte[] Damaged(byte[] whole)
    {
        var damaged = (byte[])whole.Clone();
        Random(whole.Length / 4).CopyTo(damaged, whole.Length / 2);
        return damaged;
    }

    private static byte[] Random(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Little(ushort value) => BitConverter.GetBytes(value);

    private static byte[] Little24(int value) => BitConverter.GetBytes(value)[..3];
}
