using System.Buffers;

namespace FaceEdge.Imaging.Portable;

/// <summary>Pictures through libraries that come with the service on every architecture.</summary>
internal sealed class PortableBackend : IImagingBackend
{
    private PortableBackend()
    {
    }

    public string Name => "portable";

    public static PortableBackend Create() => new();

    public Frame Decode(ReadOnlySpan<byte> encoded, ImageLimits limits, FramePool pool)
    {
        var header = PictureHeader.Read(encoded, limits);
        return Upright.Turn(SkiaCodec.Decode(encoded, header, pool), header.Orientation, pool);
    }

    public void EncodeJpeg(Frame frame, int quality, IBufferWriter<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        SkiaCodec.EncodeJpeg(frame, quality, output);
    }
}
