using SkiaSharp;

namespace FaceEdge.Demo.Painting;

internal static class EyewearPainter
{
    private static readonly SKColor Tortoise = new(0x3A, 0x26, 0x1C);
    private static readonly SKColor Wire = new(0x6B, 0x5A, 0x3C);

    public static void Paint(SKCanvas canvas, Eyewear eyewear)
    {
        if (eyewear == Eyewear.None)
        {
            return;
        }

        var color = eyewear == Eyewear.Round ? Wire : Tortoise;
        var width = eyewear == Eyewear.Round ? 3f : 4.2f;
        using var frame = Brush.Line(color, width);
        using var lens = Brush.Linear(
            new SKPoint(0, -34),
            new SKPoint(0, 16),
            eyewear == Eyewear.Sunglasses ? new SKColor(0x20, 0x1C, 0x22, 0xF0) : SKColors.White.Fade(0.20f),
            eyewear == Eyewear.Sunglasses ? new SKColor(0x5A, 0x48, 0x44, 0xE0) : SKColors.White.Fade(0.04f));
        for (var side = -1; side <= 1; side += 2)
        {
            using var shape = Lens(eyewear, side);
            canvas.Save();
            canvas.Translate(1.5f, 4);
            canvas.Soft(shape, SKColors.Black.Fade(0.1f), 2.5f);
            canvas.Restore();
            canvas.DrawPath(shape, lens);
            canvas.DrawPath(shape, frame);
            canvas.DrawLine(side * 53, -14, side * 76, -18, frame);
            canvas.SoftStroke(side < 0 ? "M -44,-22 L -36,-28" : "M 20,-22 L 28,-28", SKColors.White.Fade(0.55f), 2.6f, 0.8f);
        }

        using var bridge = Brush.Path("M -9,-12 C -5,-18 5,-18 9,-12");
        canvas.DrawPath(bridge, frame);
    }

    private static SKPath Lens(Eyewear eyewear, int side)
    {
        using var builder = new SKPathBuilder();
        var x = side * 31;
        if (eyewear == Eyewear.Round)
        {
            builder.AddOval(new SKRect(x - 23, -33, x + 23, 13), SKPathDirection.Clockwise);
        }
        else
        {
            using var corners = new SKRoundRect(new SKRect(x - 23, -29, x + 23, 10), 10);
            builder.AddRoundRect(corners, SKPathDirection.Clockwise);
        }

        return builder.Detach();
    }
}
