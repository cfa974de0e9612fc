using System.Buffers;
using FaceEdge.Imaging;
using FaceEdge.Tests.Imaging;
using SkiaSharp;

namespace FaceEdge.Fuzz.Targets;

/// <summary>An uploaded picture: header, limits and the decoders behind one imaging backend.</summary>
internal sealed class PictureTarget : FuzzTarget
{
    private static readonly ImageLimits Limits = new(MaxBytes: 64 * 1024, MaxSide: 512, MaxPixels: 128 * 1024);

    private readonly IImagingBackend _imaging;
    private readonly FramePool _pool = new();
    private readonly byte[] _other;

    /// <param name="imaging">The backend.</param>
    /// <param name="name">Where one backend is fed with other codecs behind it.</param>
    public PictureTarget(IImagingBackend imaging, string? name = null)
    {
        Name = name ?? $"picture-{imaging.Name}";
        _imaging = imaging;
        using var scene = Samples.Scene(32, 48);
        _other = Samples.Encode(scene, SKEncodedImageFormat.Jpeg, 30);
    }

    public override string Name { get; }

    public override int MaxLength => 8192;

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        [0xFF, 0xD8, 0xFF], [0xFF, 0xD9], [0xFF, 0xDA], [0xFF, 0xC0], [0xFF, 0xC2], [0xFF, 0xC4], [0xFF, 0xDB], [0xFF, 0xDD, 0, 4, 0, 1], [0xFF, 0xE1], [0xFF, 0xFF],
        [0xFF, 0xC0, 0, 17, 8, 0xFF, 0xFF, 0xFF, 0xFF, 3], [0, 0, 0, 0], [0x7F, 0xFF, 0xFF, 0xFF], .. AsBytes(
            "IHDR", "IDAT", "IEND", "PLTE", "tRNS", "iCCP", "eXIf", "acTL", "fcTL", "RIFF", "WEBP", "VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "Exif\0\0MM\0*", "GIF89a", "BM"),
    ];

    public override IEnumerable<byte[]> Seeds()
    {
        using var scene = Samples.Scene(48, 32);
        var jpeg = Samples.Encode(scene, SKEncodedImageFormat.Jpeg, 60);
        yield return jpeg;
        yield return Samples.StandardJpeg;
        yield return Samples.Without(Samples.StandardJpeg, 0xC4);
        yield return Samples.Without(Samples.StandardJpeg, 0xDB);
        yield return Samples.StandardJpeg[..^2];
        yield return Samples.StandardJpeg[..^60];
        yield return Samples.WithOrientation(jpeg, Orientation.RightTop);
        yield return Samples.Claiming(jpeg, 500, 200);
        yield return Samples.Encode(scene, SKEncodedImageFormat.Png, 60);
        yield return Samples.Encode(scene, SKEncodedImageFormat.Webp, 60);
        yield return Samples.Encode(scene, SKEncodedImageFormat.Webp, 100);
    }

    public override void Run(ReadOnlySpan<byte> input)
    {
        Run(input, DecodedPixels.Bgr);
        Run(input, DecodedPixels.AsCoded);
    }

    private void Run(ReadOnlySpan<byte> input, DecodedPixels pixels)
    {
        try
        {
            using var frame = _imaging.Decode(input, Limits, _pool, pixels);
            RequireTheSameAgain(input, frame, pixels);
            Require(frame.Width > 0 && frame.Height > 0 && Math.Max(frame.Width, frame.Height) <= Limits.MaxSide, "a picture within the limits on its sides");
            Require((long)frame.Width * frame.Height <= Limits.MaxPixels, "a picture within the limit on its pixels");
            var output = new ArrayBufferWriter<byte>();
            _imaging.EncodeJpeg(frame, 50, output);
            Require(JpegStructure.IsComplete(output.WrittenSpan), "a decoded picture can be encoded");
        }
        catch (InvalidImageException)
        {
            // What it promises for what is no picture.
        }
    }

    /// <summary>After another picture, and from memory that holds other bytes than before, the result is the same.</summary>
    private void RequireTheSameAgain(ReadOnlySpan<byte> input, Frame first, DecodedPixels pixels)
    {
        using (var other = _imaging.Decode(_other, Limits, _pool))
        using (var reused = _pool.Rent(first.Layout))
        using (var scratch = new Scratch(first.Width * first.Height * 4))
        {
            reused.Pixels.Fill(0xA5);
            scratch.Bytes.Fill(0xA5);
        }

        using var second = _imaging.Decode(input, Limits, _pool, pixels);
        Require(second.Pixels.SequenceEqual(first.Pixels), "the same picture whatever came before it");
    }

    protected override void Dispose(bool disposing)
    {
        _pool.Dispose();
        base.Dispose(disposing);
    }
}
