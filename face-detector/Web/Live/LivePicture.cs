using System.Buffers.Binary;

namespace FaceEdge.Web.Live;

/// <summary>What stands before each JPEG on the page's WebSocket; all numbers little-endian. docs/http-api.md has the same table.</summary>
internal static class LivePicture
{
    /// <summary>
    /// 0: camera, its place in the "cameras" event (u8); 1: reserved; 2: faces (u16); 4: sequence (u32); 8: milliseconds since the picture
    /// arrived (f32); 12: milliseconds of inference (f32); 16: milliseconds from arrival to this page's acknowledgement of the picture
    /// acknowledged last, 0 before the first (f32).
    /// </summary>
    public const int HeaderLength = 20;

    public static void WriteHeader(
        Span<byte> header, int camera, int faces, long sequence, TimeSpan age, float inferenceMilliseconds, TimeSpan glassToGlass)
    {
        header[0] = (byte)camera;
        header[1] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], (ushort)faces);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], unchecked((uint)sequence));
        BinaryPrimitives.WriteSingleLittleEndian(header[8..], (float)age.TotalMilliseconds);
        BinaryPrimitives.WriteSingleLittleEndian(header[12..], inferenceMilliseconds);
        BinaryPrimitives.WriteSingleLittleEndian(header[16..], (float)glassToGlass.TotalMilliseconds);
    }
}
