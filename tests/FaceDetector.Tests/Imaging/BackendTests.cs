using System.Buffers;
using CsCheck;
using FaceEdge.Imaging;
using FaceEdge.Imaging.OpenCv;
using FaceEdge.Imaging.Portable;
using OpenCvSharp;
using SkiaSharp;

namespace FaceEdge.Tests.Imaging;

/// <summary>What each backend does, and that all of them do the same.</summary>
public sealed class BackendTests : IDisposable
{
    /// <summary>The codecs build on libjpeg-turbo and libwebp or decode as they do; measured is 0, stated is this.</summary>
    private const int DecodeTolerance = 2;

    /// <summary>
    /// ImageSharp repeats a JPEG's halved colours where libjpeg-turbo blends them: at the oval's edge the two differ by 48, over the picture by .12.
    /// </summary>
    private const int RepeatedColours = 56;

    private readonly FramePool _pool = new();

    private static DecodedPixels[] Both => Enum.GetValues<DecodedPixels>();

    public static TheoryData<string> Backends => ["opencv", "libturbojpeg", "imagesharp"];

    [Theory]
    [MemberData(nameof(Backends))]
    public void Pictures_of_each_format_decode_to_the_colours_that_were_drawn(string name)
    {
        using var scene = Samples.Scene(97, 61);
        foreach (var (format, tolerance) in new[] { (SKEncodedImageFormat.Png, 0), (SKEncodedImageFormat.Jpeg, 64), (SKEncodedImageFormat.Webp, 60) })
        {
            // Lossy formats halve the colours' resolution, which shows at the oval's edge.
            using var frame = Backend(name).Decode(Samples.Encode(scene, format, 95), ImageLimits.Default, _pool);

            Assert.Equal((97, 61), (frame.Width, frame.Height));
            Assert.InRange(LargestDifference(scene, frame), 0, tolerance);
        }
    }

    [Theory]
    [InlineData("libturbojpeg")]
    [InlineData("imagesharp")]
    public void All_backends_decode_the_same_picture_to_the_same_pixels(string name)
    {
        foreach (var format in new[] { SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp })
        {
            var encoded = Samples.Encode(Samples.Scene(640, 360), format);
            using var one = Backend("opencv").Decode(encoded, ImageLimits.Default, _pool);
            using var other = Backend(name).Decode(encoded, ImageLimits.Default, _pool);

            var (largest, mean) = Difference(one, other);
            var repeatsColours = name == "imagesharp" && format == SKEncodedImageFormat.Jpeg;
            Assert.InRange(largest, 0, repeatsColours ? RepeatedColours : DecodeTolerance);
            Assert.InRange(mean, 0, repeatsColours ? 0.2 : 0.1);
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void An_encoded_jpeg_decodes_to_nearly_the_same_frame(string name)
    {
        using var original = Backend("imagesharp").Decode(Samples.Encode(Samples.Scene(320, 240), SKEncodedImageFormat.Png), ImageLimits.Default, _pool);
        var output = new ArrayBufferWriter<byte>();
        Backend(name).EncodeJpeg(original, 90, output);

        using var back = Backend("imagesharp").Decode(output.WrittenSpan, ImageLimits.Default, _pool);

        Assert.InRange(Difference(original, back).Mean, 0, 2);
        Assert.InRange(output.WrittenCount, 1_000, 40_000);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Planes_are_encoded_as_the_same_frame_in_BGR_is(string name)
    {
        foreach (var (width, height) in new[] { (320, 240), (97, 61), (98, 61), (1, 1) })
        {
            using var original = Backend("imagesharp").Decode(Samples.Encode(Samples.Scene(width, height), SKEncodedImageFormat.Png), ImageLimits.Default, _pool);
            using var expected = Encoded(original);
            foreach (var format in new[] { PixelFormat.I420, PixelFormat.I420Full })
            {
                var layout = original.Layout with { Format = format };
                using var planes = _pool.Rent(layout);
                PlanarFrames.FromBgr(original.Pixels, layout).CopyTo(planes.Pixels);

                using var actual = Encoded(planes);

                Assert.InRange(Difference(expected, actual).Mean, 0, 2);
            }
        }

        Frame Encoded(Frame frame)
        {
            var output = new ArrayBufferWriter<byte>();
            Backend(name).EncodeJpeg(frame, 90, output);
            return Backend("imagesharp").Decode(output.WrittenSpan, ImageLimits.Default, _pool);
        }
    }

    /// <summary>Frames with boxes are encoded many times a second.</summary>
    [Theory]
    [InlineData(nameof(PixelFormat.Bgr24))]
    [InlineData(nameof(PixelFormat.I420Full))]
    public void Encoding_allocates_nothing_where_libjpeg_turbo_is_there(string format)
    {
        var turbo = TurboJpegCodec.TryLoad();
        Assert.SkipWhen(turbo is null, "needs libturbojpeg0");
        var backend = new OpenCvBackend(new PortableBackend(turbo));
        using var frame = _pool.Rent(new FrameLayout(Enum.Parse<PixelFormat>(format), 320, 240));
        frame.Pixels.Clear();
        var output = new ArrayBufferWriter<byte>(1 << 20);

        AllocationAssert.None(_ =>
        {
            for (var i = 0; i < 100; i++)
            {
                output.ResetWrittenCount();
                backend.EncodeJpeg(frame, 80, output);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_sideways_picture_comes_out_upright(string name)
    {
        // A red corner that is top left when upright.
        foreach (var orientation in Enum.GetValues<Orientation>())
        {
            var swaps = orientation >= Orientation.LeftTop;
            using var bitmap = new SKBitmap(swaps ? 64 : 96, swaps ? 96 : 64);
            var corner = orientation switch
            {
                Orientation.TopLeft or Orientation.LeftTop => (8, 8),
                Orientation.TopRight or Orientation.LeftBottom => (bitmap.Width - 9, 8),
                Orientation.BottomRight or Orientation.RightBottom => (bitmap.Width - 9, bitmap.Height - 9),
                _ => (8, bitmap.Height - 9),
            };
            using (var canvas = new SKCanvas(bitmap))
            {
                canvas.Clear(SKColors.White);
                using var red = new SKPaint { Color = SKColors.Red };
                canvas.DrawRect(corner.Item1 - 8, corner.Item2 - 8, 17, 17, red);
            }

            byte[][] pictures =
            [
                Samples.WithOrientation(Samples.Encode(bitmap, SKEncodedImageFormat.Jpeg, 95), orientation),
                Samples.PngWithOrientation(Samples.Encode(bitmap, SKEncodedImageFormat.Png), orientation, behind: false),
                Samples.PngWithOrientation(Samples.Encode(bitmap, SKEncodedImageFormat.Png), orientation, behind: true),
                Samples.WebPWithOrientation(Samples.Encode(bitmap, SKEncodedImageFormat.Webp, 95), orientation, bitmap.Width, bitmap.Height),
            ];
            foreach (var picture in pictures)
            {
                using var frame = Backend(name).Decode(picture, ImageLimits.Default, _pool);

                Assert.Equal((96, 64), (frame.Width, frame.Height));
                var pixel = frame.View.Row(4).Slice(4 * 3, 3);
                Assert.True(pixel[2] > 200 && pixel[0] < 80, $"{orientation}: the corner is not red but {pixel[2]},{pixel[1]},{pixel[0]}.");
            }
        }
    }

    /// <summary>A security matter: what one sender's picture leaves in a decoder must not change another's.</summary>
    [Theory]
    [MemberData(nameof(Backends))]
    public void What_a_picture_decodes_to_does_not_depend_on_what_came_before_it(string name)
    {
        using var scene = Samples.Scene(64, 48);
        var standard = Samples.StandardJpeg;
        byte[][] pictures =
        [
            standard, Samples.Encode(scene, SKEncodedImageFormat.Jpeg, 30), Samples.Encode(scene, SKEncodedImageFormat.Jpeg, 95),
            Samples.Encode(scene, SKEncodedImageFormat.Png), Samples.Encode(scene, SKEncodedImageFormat.Webp), Samples.Jpeg(48, 64),
            Samples.Without(standard, 0xC4), Samples.Without(standard, 0xDB), Samples.Without(standard, 0xC4, 0xDB),
            Samples.Without(Samples.Encode(scene, SKEncodedImageFormat.Jpeg, 30), 0xC4), Samples.Without(Samples.Encode(scene, SKEncodedImageFormat.Jpeg, 30), 0xDB),
            Samples.FailsAfterWarning, standard[..^2], standard[..^60], [.. standard[..^60], 0xFF, 0xD9], Samples.Claiming(standard, 64, 40), Samples.Claiming(standard, 72, 64),
        ];
        foreach (var pixels in Both)
        {
            var alone = Array.ConvertAll(pictures, picture => Result(Backend(name), picture, pixels));
            var used = Backend(name);

            Gen.Int[0, pictures.Length - 1].Array[1, 12].Sample(
                order => Assert.All(order, picture => Assert.Equal(alone[picture], Result(used, pictures[picture], pixels))), iter: 100, threads: 1);
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_jpeg_without_Huffman_tables_is_decoded_with_the_standard_ones(string name)
    {
        using var whole = Backend(name).Decode(Samples.StandardJpeg, ImageLimits.Default, _pool);
        using var bare = Backend(name).Decode(Samples.Without(Samples.StandardJpeg, 0xC4), ImageLimits.Default, _pool);

        Assert.Equal(whole.Pixels, bare.Pixels);
        Assert.Throws<InvalidImageException>(() => Backend(name).Decode(Samples.Without(Samples.StandardJpeg, 0xDB), ImageLimits.Default, _pool));
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_jpeg_that_lacks_nothing_but_its_end_marker_is_decoded_and_told(string name)
    {
        foreach (var (jpeg, pixels) in new[] { Samples.StandardJpeg, Samples.Jpeg(200, 150), Samples.Jpeg(33, 1) }.SelectMany(jpeg => Both.Select(to => (jpeg, to))))
        {
            using var whole = Backend(name).Decode(jpeg, ImageLimits.Default, _pool, pixels);
            using var unmarked = Backend(name).Decode(jpeg.AsSpan(..^2), ImageLimits.Default, _pool, pixels);
            using var padded = Backend(name).Decode([.. jpeg[..^2], 0, 0, 0], ImageLimits.Default, _pool, pixels);

            Assert.Equal((false, true, true), (whole.LacksEndMarker, unmarked.LacksEndMarker, padded.LacksEndMarker));
            Assert.Equal(whole.Pixels, unmarked.Pixels);
            Assert.Equal(whole.Pixels, padded.Pixels);
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_jpeg_of_more_scans_than_any_encoder_writes_is_refused(string name)
    {
        using var scene = Samples.Scene(64, 64);
        var jpeg = Samples.Encode(scene, SKEncodedImageFormat.Jpeg);
        var scan = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        byte[] many = [.. jpeg[..scan], .. Enumerable.Range(0, 65).SelectMany(_ => jpeg[scan..^2]), 0xFF, 0xD9];

        var exception = Assert.Throws<InvalidImageException>(() => Backend(name).Decode(many, ImageLimits.Default, _pool));

        Assert.Equal("The JPEG has 65 scans; at most 64 are taken.", exception.Message);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Of_an_animation_the_first_frame_is_taken(string name)
    {
        using var first = Backend(name).Decode(Samples.Animation(64, 48, frames: 3), ImageLimits.Default, _pool);

        Assert.Equal((64, 48), (first.Width, first.Height));
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_truncated_picture_is_refused_wherever_it_was_cut(string name)
    {
        foreach (var format in new[] { SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp })
        {
            var whole = Samples.Encode(Samples.Scene(200, 150), format);
            foreach (var kept in new[] { 0.1, 0.5, 0.9, 0.99 })
            {
                var cut = whole[..(int)(whole.Length * kept)];
                Assert.All(Both, pixels => Assert.Throws<InvalidImageException>(() => Backend(name).Decode(cut, ImageLimits.Default, _pool, pixels).Dispose()));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_decompression_bomb_is_refused_by_its_header(string name)
    {
        var bomb = Samples.Claiming(Samples.Jpeg(64, 64), 60_000, 60_000);

        var exception = Assert.Throws<InvalidImageException>(() => Backend(name).Decode(bomb, ImageLimits.Default, _pool).Dispose());

        Assert.Equal("The picture has 60000x60000 pixels; at most 16,384 a side and 50,000,000 in all are taken.", exception.Message);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Bytes_that_are_no_picture_are_refused_and_never_fail_otherwise(string name)
    {
        var backend = Backend(name);
        var jpeg = Samples.Jpeg(48, 32);
        Gen.Select(Gen.Int[0, jpeg.Length - 1], Gen.Byte, Gen.Int[0, jpeg.Length - 1], Gen.Byte).Sample(
            (at, value, at2, value2) =>
            {
                var damaged = (byte[])jpeg.Clone();
                (damaged[at], damaged[at2]) = (value, value2);
                foreach (var pixels in Both)
                {
                    try
                    {
                        backend.Decode(damaged, new ImageLimits(1 << 20, 4096, 1_000_000), _pool, pixels).Dispose();
                    }
                    catch (InvalidImageException)
                    {
                        // What it promises.
                    }
                }
            },
            iter: 300);
        Assert.Throws<InvalidImageException>(() => backend.Decode([], ImageLimits.Default, _pool));
        Assert.Throws<InvalidImageException>(() => backend.Decode("GIF89a, or so it says"u8, ImageLimits.Default, _pool));
        Assert.Throws<InvalidImageException>(() => backend.Decode(jpeg, ImageLimits.Default with { MaxBytes = 100 }, _pool));
    }

    [Fact]
    public void A_jpeg_of_halved_colours_stays_in_its_planes_where_they_are_asked_for()
    {
        var backend = Backend("libturbojpeg");
        foreach (var jpeg in new[] { Samples.Jpeg(640, 360), Samples.Jpeg(72, 34), Samples.WithOrientation(Samples.Jpeg(640, 360), Orientation.RightTop) })
        {
            using var bgr = backend.Decode(jpeg, ImageLimits.Default, _pool);
            using var planes = backend.Decode(jpeg, ImageLimits.Default, _pool, DecodedPixels.AsCoded);
            using var converted = _pool.Rent(bgr.Layout);
            Yuv420.ToBgr(planes.View, converted.Pixels);

            Assert.Equal(bgr.Layout with { Format = PixelFormat.I420Full }, planes.Layout);

            // Colours are repeated where the decoder would have smoothed them, which shows at the edges of a small picture.
            Assert.InRange(Difference(bgr, converted).Mean, 0, 2.5);
        }
    }

    [Fact]
    public void What_has_no_halved_colours_becomes_BGR_all_the_same()
    {
        using var scene = Samples.Scene(64, 48);
        using var pixmap = scene.PeekPixels();
        using var whole = pixmap.Encode(new SKJpegEncoderOptions(90, SKJpegEncoderDownsample.Downsample444, SKJpegEncoderAlphaOption.Ignore));
        byte[][] pictures =
        [
            whole!.ToArray(), Samples.Jpeg(63, 48), Samples.Jpeg(64, 47),
            Samples.Encode(scene, SKEncodedImageFormat.Png), Samples.Encode(scene, SKEncodedImageFormat.Webp),
        ];

        Assert.All(pictures, picture =>
        {
            using var expected = Backend("libturbojpeg").Decode(picture, ImageLimits.Default, _pool);
            using var frame = Backend("libturbojpeg").Decode(picture, ImageLimits.Default, _pool, DecodedPixels.AsCoded);
            Assert.Equal(expected.Layout, frame.Layout);
            Assert.Equal(expected.Pixels, frame.Pixels);
        });
    }

    [Fact]
    public void A_frame_that_OpenCV_cannot_fill_goes_back()
    {
        Assert.SkipUnless(OpenCvProbe.Run().Loaded, OpenCvProbe.Run().Detail);
        using var nothing = new Mat();

        Assert.Throws<OpenCVException>(() => OpenCvBackend.Copy(nothing, 64, 48, _pool));

        Assert.Equal(0, _pool.Outstanding);
    }

    [Fact]
    public void Without_OpenCV_the_portable_backend_serves_and_the_reason_is_kept()
    {
        var absent = new OpenCvProbe(false, "OpenCV does not load: libgtk-3.so.0: cannot open shared object file");

        var selection = ImagingBackends.Select(new ImagingOptions(), () => absent);
        var refusal = Assert.Throws<InvalidOperationException>(() => ImagingBackends.Select(
            new ImagingOptions { Backend = ImagingChoice.OpenCv }, () => absent));

        Assert.Equal("portable", selection.Backend.Name);
        Assert.StartsWith("OpenCV does not load: libgtk-3.so.0", selection.Reason, StringComparison.Ordinal);
        Assert.Contains("libgtk-3.so.0", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _pool.Dispose();
        Assert.Equal(0, _pool.Outstanding);
    }

    private static IImagingBackend Backend(string name)
    {
        switch (name)
        {
            case "opencv":
                Assert.SkipUnless(OpenCvProbe.Run().Loaded, OpenCvProbe.Run().Detail);
                return new OpenCvBackend(new PortableBackend(null));
            case "libturbojpeg":
                var turbo = TurboJpegCodec.TryLoad();
                Assert.SkipWhen(turbo is null, "needs libturbojpeg0");
                return new PortableBackend(turbo);
            default:
                return new PortableBackend(null);
        }
    }

    /// <summary>The pixels or the refusal, from memory that held something else before.</summary>
    private string Result(IImagingBackend backend, byte[] picture, DecodedPixels pixels)
    {
        foreach (var (width, height) in new[] { (64, 48), (48, 64), (48, 32) })
        {
            using var used = _pool.Rent(new FrameLayout(pixels == DecodedPixels.Bgr ? PixelFormat.Bgr24 : PixelFormat.I420Full, width, height));
            used.Pixels.Fill((byte)Random.Shared.Next(256));
            using var scratch = new Scratch(64 * 64 * 4);
            scratch.Bytes.Fill((byte)Random.Shared.Next(256));
        }

        try
        {
            using var frame = backend.Decode(picture, ImageLimits.Default, _pool, pixels);
            return $"{frame.Width}x{frame.Height} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(frame.Pixels))}";
        }
        catch (InvalidImageException exception)
        {
            return exception.Message;
        }
    }

    private static int LargestDifference(SKBitmap drawn, Frame frame)
    {
        var largest = 0;
        for (var y = 0; y < frame.Height; y++)
        {
            var row = frame.View.Row(y);
            for (var x = 0; x < frame.Width; x++)
            {
                var pixel = drawn.GetPixel(x, y);
                largest = Math.Max(largest, Math.Abs(pixel.Blue - row[x * 3]));
                largest = Math.Max(largest, Math.Abs(pixel.Green - row[(x * 3) + 1]));
                largest = Math.Max(largest, Math.Abs(pixel.Red - row[(x * 3) + 2]));
            }
        }

        return largest;
    }

    private static (int Largest, double Mean) Difference(Frame one, Frame other)
    {
        Assert.Equal((one.Width, one.Height), (other.Width, other.Height));
        var (largest, sum) = (0, 0L);
        for (var i = 0; i < one.ByteCount; i++)
        {
            var difference = Math.Abs(one.Pixels[i] - other.Pixels[i]);
            largest = Math.Max(largest, difference);
            sum += difference;
        }

        return (largest, sum / (double)one.ByteCount);
    }
}
