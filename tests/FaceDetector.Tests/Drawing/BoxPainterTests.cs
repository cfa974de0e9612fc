using System.Numerics;
using CsCheck;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Drawing;

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
    public void No_box_whatever_its_numbers_writes_beside_the_picture()
    {
        var number = Gen.OneOf(
            Gen.Float[-200, 200],
            Gen.OneOf<float>([.. new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, 0f }.Select(Gen.Const)]));
        Gen.Select(number, number, number, number, Gen.Float[0, 1]).Sample((x, y, width, height, score) =>
        {
            var memory = new byte[Guard + (Width * Height * 3) + Guard];
            var canvas = new PixelCanvas(memory.AsSpan(Guard, Width * Height * 3), Width, Height, Width * 3);

            BoxPainter.Paint(canvas, [new Face(new Box(x, y, width, height), score, default)], DetectionMode.Face);

            return memory.AsSpan(0, Guard).IndexOfAnyExcept((byte)0) < 0 && memory.AsSpan(memory.Length - Guard).IndexOfAnyExcept((byte)0) < 0;
        });
    }

    [Fact]
    public void Painting_allocates_nothing()
    {
        var pixels = new byte[Width * Height * 3];
        Face[] faces = [new Face(new Box(10, 20, 20, 20), 0.87f, default)];
        BoxPainter.Paint(Canvas(pixels), faces, DetectionMode.Face);

        var before = GC.GetAllocatedBytesForCurrentThread();
        BoxPainter.Paint(Canvas(pixels), faces, DetectionMode.Face);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_notice_darkens_its_band_and_leaves_the_rest()
    {
        var pixels = new byte[320 * 240 * 3];
        pixels.AsSpan().Fill(200);

        NoticePainter.Paint(new PixelCanvas(pixels, 320, 240, 320 * 3), "No signal since 12:34:56");

        Assert.Equal(200, pixels[0]);
        Assert.Equal(200, pixels[^1]);
        var middle = pixels.AsSpan(320 * 3 * 120, 320 * 3).ToArray();
        Assert.Contains((byte)50, middle);
        Assert.Contains((byte)255, middle);
    }

    private static PixelCanvas Canvas(byte[] pixels) => new(pixels, Width, Height, Width * 3);

    private static Colour At(byte[] pixels, int x, int y)
    {
        var pixel = pixels.AsSpan(((y * Width) + x) * 3, 3);
        return new Colour(pixel[2], pixel[1], pixel[0]);
    }
}
