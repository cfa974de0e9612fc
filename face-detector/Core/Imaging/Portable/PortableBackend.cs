using System.Buffers;

namespace FaceEdge.Imaging.Portable;

/// <summary>Pictures through libraries that exist on every architecture: libjpeg-turbo for JPEG where it is installed, libwebp, ImageSharp for the rest.</summary>
internal sealed class PortableBackend : IImagingBackend
{
    private readonly TurboJpegCodec? _turbo;

    internal PortableBackend(TurboJpegCodec? turbo) => _turbo = turbo;

    public string Name => "portable";

    /// <summary>What encodes and decodes JPEG here, for the log and /api/v1/info.</summary>
    public string JpegCodec => _turbo is null ? "ImageSharp (the package libturbojpeg0 is not installed)" : "libturbojpeg";

    /// <summary>Whether JPEG goes through libturbojpeg.</summary>
    public bool HasTurboJpeg => _turbo is not null;

    public static PortableBackend Create() => new(TurboJpegCodec.TryLoad());

    public Frame Decode(ReadOnlySpan<byte> encoded, ImageLimits limits, FramePool pool, DecodedPixels pixels = DecodedPixels.Bgr)
    {
        var header = PictureHeader.Read(encoded, limits);
        var frame = FrameRotation.ToUpright(DecodeStored(encoded, header, pixels, pool), header.Orientation, pool);
        frame.LacksEndMarker = header.LacksEndMarker;
        return frame;
    }

    /// <summary>Decodes what was checked already, to the stored orientation.</summary>
    /// <exception cref="InvalidImageException">Truncated or damaged.</exception>
    public Frame DecodeStored(ReadOnlySpan<byte> encoded, in PictureHeader header, DecodedPixels pixels, FramePool pool) =>
        header.Format switch
        {
            PictureFormat.WebP => WebPCodec.Decode(encoded, header, pool),
            PictureFormat.Jpeg when HasTurboJpeg && TurboJpegCodec.TryDecode(encoded, header, pixels, pool) is { } frame => frame,
            _ => ImageSharpCodec.Decode(encoded, header, pool),
        };

    public void EncodeJpeg(Frame frame, int quality, IBufferWriter<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        var view = frame.View;
        if (view.IsPlanar && !TakesPlanes(view))
        {
            var layout = new FrameLayout(PixelFormat.Bgr24, view.Width, view.Height);
            using var scratch = new Scratch(layout.ByteCount);
            Yuv420.ToBgr(view, scratch.Bytes);
            Encode(new FrameView(scratch.Bytes, layout), quality, output);
        }
        else if (view.Format == PixelFormat.I420)
        {
            using var scratch = new Scratch(view.Pixels.Length);
            LumaRange.Stretch(view, scratch.Bytes);
            Encode(new FrameView(scratch.Bytes, frame.Layout with { Format = PixelFormat.I420Full }), quality, output);
        }
        else
        {
            Encode(view, quality, output);
        }
    }

    private bool TakesPlanes(in FrameView frame) => HasTurboJpeg && TurboJpegCodec.HasWholeChroma(frame.Width, frame.Height);

    private void Encode(in FrameView frame, int quality, IBufferWriter<byte> output)
    {
        if (_turbo is null)
        {
            ImageSharpCodec.EncodeJpeg(frame, quality, output);
        }
        else
        {
            _turbo.EncodeJpeg(frame, quality, output);
        }
    }
}
