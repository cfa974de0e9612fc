using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>Ears, skull and skin: what keeps its place when the head turns.</summary>
internal static class HeadPainter
{
    public const string Outline =
        "M 0,-128 C 46,-128 77,-96 77,-46 C 78,-20 77,6 72,28 C 65,64 34,101 0,101 C -34,101 -65,64 -72,28 C -77,6 -78,-20 -77,-46 C -77,-96 -46,-128 0,-128 Z";

    private const string LeftEar = "M -74,-16 C -90,-26 -96,-10 -92,8 C -89,24 -82,38 -72,32 Z";
    private const string LeftEarFold = "M -78,-8 C -87,-12 -88,4 -84,14 C -82,20 -80,22 -78,20";

    public static void PaintEars(SKCanvas canvas, Complexion skin, FaceTraits traits)
    {
        for (var side = -1; side <= 1; side += 2)
        {
            canvas.Save();
            canvas.Scale(-side, 1);
            canvas.Fill(LeftEar, side < 0 ? skin.Base.Towards(skin.Lit, 0.4f) : skin.Base.Towards(skin.Shade, 0.4f));
            canvas.SoftStroke(LeftEarFold, skin.Shade, 4, 1.2f);
            if (traits.Earrings)
            {
                canvas.Oval(-82, 38, 5, 5, new SKColor(0xE8, 0xB8, 0x4A));
                canvas.Oval(-83.5f, 36.5f, 1.8f, 1.8f, new SKColor(0xFF, 0xF2, 0xC8));
            }

            canvas.Restore();
        }
    }

    public static void PaintSkin(SKCanvas canvas, Complexion skin)
    {
        using var outline = Brush.Path(Outline);
        using (var paint = Brush.Radial(new SKPoint(-26, -34), 168, skin.Lit, skin.Base, skin.Base, skin.Base.Towards(skin.Shade, 0.75f)))
        {
            canvas.DrawPath(outline, paint);
        }

        canvas.Save();
        canvas.ClipPath(outline, SKClipOperation.Intersect, antialias: true);

        // The round of the head: the side away from the light, the jaw, and a thin cool edge on the lit side.
        canvas.SoftStroke("M 50,-118 C 92,-80 84,10 70,44 C 58,80 30,104 -6,104", skin.Shade.Fade(0.62f), 26, 13);
        canvas.SoftStroke("M -34,98 C -64,76 -78,40 -80,-10", skin.Shade.Fade(0.42f), 12, 8);
        canvas.Spot(-46, -62, 48, 46, skin.Lit.Towards(SKColors.White, 0.15f).Fade(0.45f));

        canvas.Restore();
    }

    /// <summary>What a hat or a fringe throws on the forehead: its own shape, a little lower.</summary>
    public static void PaintShadowOf(SKCanvas canvas, SKPath cover, Complexion skin)
    {
        using var outline = Brush.Path(Outline);
        canvas.Save();
        canvas.ClipPath(outline, SKClipOperation.Intersect, antialias: true);
        canvas.Translate(3, 7);
        canvas.Soft(cover, skin.Deep.Fade(0.42f), 5);
        canvas.Restore();
    }
}
