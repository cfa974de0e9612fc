using System.Numerics;
using CsCheck;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Drawing;
using FaceEdge.Imaging;
using FaceEdge.Tests.Imaging;

namespace FaceEdge.Tests.Drawing;

public sealed class BoxPainterTests
{
    private const int Width = 64;
    private const int Height = 48;
    private const int Guard = 256;

    [Fact]
    public void A_box_is_outlined_in_green_inside_its_edges()
    {
        var pixels = new byte[Width * Height * 3];

        BoxPainter.Paint(Canvas(pixels), new Box(10, 8, 20, 16));

        Assert.Equal(Colour.BoxGreen, At(pixels, 10, 8));
        Assert.Equal(Colour.BoxGreen, At(pixels, 29, 23));
        Assert.Equal(Colour.BoxGreen, At(pixels, 20, 8));
        Assert.Equal(default, At(pixels, 20, 16));
        Assert.Equal(default, At(pixels, 9, 8));
        Assert.Equal(default, At(pixels, 30, 24));
    }

    [Fact]
    public void Eyes_mode_outlines_both_eyes_and_not_the_face()
    {
        var pixels = new byte[Width * Height * 3];
        var landmarks = new Landmarks();
        landmarks[Landmarks.RightEye] = new Vector2(20, 20);
        landmarks[Landmarks.LeftEye] = new Vector2(44, 20);
        var face = new Face(new Box(8, 4, 48, 40), 0.9f, landmarks);
        var eyes = EyeRegions.From(face);

        BoxPainter.Paint(Canvas(pixels), [face], DetectionMode.Eyes);

        Assert.Equal(Colour.BoxGreen, At(pixels, (int)MathF.Round(eyes.Right.X), (int)MathF.Round(eyes.Right.Y)));
        Assert.Equal(Colour.BoxGreen, At(pixels, (int)MathF.Round(eyes.Left.X), (int)MathF.Round(eyes.Left.Y)));
        Assert.Equal(default, At(pixels, 8, 4));
    }

    [Fact]
    public void A_face_carries_its_score_on_a_tab_above_the_box()
    {
        var pixels = new byte[Width * Height * 3];

        BoxPainter.Paint(Canvas(pixels), [new Face(new Box(10, 20, 20, 20), 0.87f, default)], DetectionMode.Face);

        var tab = Enumerable.Range(10, 20).Select(x => At(pixels, x, 15)).ToArray();
        Assert.Contains(Colour.BoxGreen, tab);
        Assert.Contains(Colour.LabelText, tab);
    }

    [Fact]
    public void No_box_whatever_its_numbers_writes_beside_the_frame()
    {
        var number = Gen.OneOf(
            Gen.Float[-200, 200],
            Gen.OneOf<float>([.. new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, 0f }.Select(Gen.Const)]));
        var format = Gen.OneOf(Gen.Const(PixelFormat.Bgr24), Gen.Const(PixelFormat.I420), Gen.Const(PixelFormat.I420Full));
        Gen.Select(number, number, number, number, Gen.Float[0, 1], format).Sample((x, y, width, height, score, format) =>
        {
            var layout = new FrameLayout(format, Width - 1, Height - 1);
            var memory = new byte[Guard + layout.ByteCount + Guard];
            var canvas = new PixelCanvas(memory.AsSpan(Guard, layout.ByteCount), layout);

            BoxPainter.Paint(canvas, [new Face(new Box(x, y, width, height), score, default)], DetectionMode.Face);

            return memory.AsSpan(0, Guard).IndexOfAnyExcept((byte)0) < 0 && memory.AsSpan(memory.Length - Guard).IndexOfAnyExcept((byte)0) < 0;
        });
    }

    [Theory]
    [InlineData(nameof(PixelFormat.I420))]
    [InlineData(nameof(PixelFormat.I420Full))]
    public void Planes_show_a_filled_rectangle_as_BGR_does(string format)
    {
        const int Tolerance = 5;
        Gen.Select(Gen.Int[1, 30], Gen.Int[1, 30], Gen.Int[-5, 30], Gen.Int[-5, 30], Gen.Int[0, 30], Gen.Int[0, 30]).Sample((width, height, left, top, right, bottom) =>
        {
            var layout = new FrameLayout(Enum.Parse<PixelFormat>(format), width, height);
            var bgr = new byte[width * height * 3];
            bgr.AsSpan().Fill(100);
            var planes = PlanarFrames.FromBgr(bgr, layout);

            new PixelCanvas(bgr, layout with { Format = PixelFormat.Bgr24 }).Fill(left, top, right, bottom, Colour.BoxGreen);
            new PixelCanvas(planes, layout).Fill(left, top, right, bottom, Colour.BoxGreen);

            var expected = PlanarFrames.FromBgr(bgr, layout);
            return planes.Zip(expected, (actual, sample) => Math.Abs(actual - sample)).All(difference => difference <= Tolerance);
        });
    }

    [Fact]
    public void A_notice_darkens_planes_as_it_does_BGR()
    {
        var layout = new FrameLayout(PixelFormat.I420, 320, 240);
        var bgr = new byte[320 * 240 * 3];
        bgr.AsSpan().Fill(200);
        var planes = PlanarFrames.FromBgr(bgr, layout);

        NoticePainter.Paint(new PixelCanvas(bgr, layout with { Format = PixelFormat.Bgr24 }), "No signal since 12:34:56");
        NoticePainter.Paint(new PixelCanvas(planes, layout), "No signal since 12:34:56");

        var expected = PlanarFrames.FromBgr(bgr, layout);
        Assert.All(planes.Zip(expected), samples => Assert.InRange(samples.First - samples.Second, -3, 3));
    }

    [Fact]
    public void Painting_allocates_nothing()
    {
        var pixels = new byte[Width * Height * 3];
        Face[] faces = [new Face(new Box(10, 20, 20, 20), 0.87f, default)];

        AllocationAssert.None(_ => BoxPainter.Paint(Canvas(pixels), faces, DetectionMode.Face));
    }

    [Fact]
    public void A_notice_darkens_its_band_and_leaves_the_rest()
    {
        var pixels = new byte[320 * 240 * 3];
        pixels.AsSpan().Fill(200);

        NoticePainter.Paint(new PixelCanvas(pixels, new FrameLayout(PixelFormat.Bgr24, 320, 240)), "No signal since 12:34:56");

        Assert.Equal(200, pixels[0]);
        Assert.Equal(200, pixels[^1]);
        var middle = pixels.AsSpan(320 * 3 * 120, 320 * 3).ToArray();
        Assert.Contains((byte)50, middle);
        Assert.Contains((byte)255, middle);
    }

    private static PixelCanvas Canvas(byte[] pixels) => new(pixels, new FrameLayout(PixelFormat.Bgr24, Width, Height));

    private static Colour At(byte[] pixels, int x, int y)
    {
        var pixel = pixels.AsSpan(((y * Width) + x) * 3, 3);
        return new Colour(pixel[2], pixel[1], pixel[0]);
    }
}
