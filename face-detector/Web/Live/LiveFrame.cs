using System.Buffers.Binary;
using FaceEdge.Streaming;

namespace FaceEdge.Web.Live;

/// <summary>What stands before each JPEG on the page's WebSocket; all numbers little-endian. docs/live.md has the same table.</summary>
internal static class LiveFrame
{
    /// <summary>
    /// 0: camera, its place in the "cameras" event (u8); 1: reserved; 2: faces (u16); 4: sequence (u32); 8: milliseconds since the frame
    /// arrived (f32); 12: milliseconds of inference (f32); 16: milliseconds from arrival to this page's acknowledgement of the frame
    /// acknowledged last, 0 before the first (f32).
    /// </summary>
    public const int HeaderLength = 20;

    /// <summary>What a page sends for each frame drawn: 0: camera (u8); 1: sequence (u32). Pages of the version before send the camera alone.</summary>
    public const int AcknowledgementLength = 5;

    /// <summary>The frame's number on the wire; it starts again after four thousand million.</summary>
    public static uint SequenceOf(EncodedFrame frame) => unchecked((uint)frame.Sequence);

    /// <returns>False for bytes that are no acknowledgement.</returns>
    public static bool TryReadAcknowledgement(ReadOnlySpan<byte> message, out int camera, out uint? sequence)
    {
        (camera, sequence) = (0, null);
        if (message.Length is not (1 or AcknowledgementLength))
        {
            return false;
        }

        camera = message[0];
        sequence = message.Length > 1 ? BinaryPrimitives.ReadUInt32LittleEndian(message[1..]) : null;
        return true;
    }

    public static void WriteHeader(
        Span<byte> header, int camera, int faces, uint sequence, TimeSpan age, float inferenceMilliseconds, TimeSpan deliveryLatency)
    {
        header[0] = (byte)camera;
        header[1] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], (ushort)faces);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], sequence);
        BinaryPrimitives.WriteSingleLittleEndian(header[8..], (float)age.TotalMilliseconds);
        BinaryPrimitives.WriteSingleLittleEndian(header[12..], inferenceMilliseconds);
        BinaryPrimitives.WriteSingleLittleEndian(header[16..], (float)deliveryLatency.TotalMilliseconds);
    }
}
