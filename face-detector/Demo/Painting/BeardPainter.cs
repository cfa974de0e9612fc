using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>Beards, from a shadow to a full one.</summary>
internal static class BeardPainter
{
    private const string Full =
        "M -76,2 C -74,34 -70,66 -52,92 C -34,114 34,114 52,92 C 70,66 74,34 76,2 C 70,24 62,40 46,46 C 34,44 20,42 0,44 C -20,42 -34,44 -46,46 C -62,40 -70,24 -76,2 Z";

    private const string Moustache = "M 0,45 C 12,40 30,44 37,58 C 26,56 12,53 0,54 C -12,53 -26,56 -37,58 C -30,44 -12,40 0,45 Z";
    private const string Goatee = "M -30,60 C -30,88 -20,108 0,108 C 20,108 30,88 30,60 C 26,74 16,82 0,82 C -16,82 -26,74 -30,60 Z";

    public static void Paint(SKCanvas canvas, FaceTraits traits, Complexion skin)
    {
        var color = traits.HairColor.Times(0.88f, 0.86f, 0.84f);
        switch (traits.Beard)
        {
            case Beard.Stubble:
                canvas.Save();
                using (var outline = Brush.Path(HeadPainter.Outline))
                {
                    canvas.ClipPath(outline, SKClipOperation.Intersect, antialias: true);
                    canvas.Soft(Full, skin.Line.Towards(color, 0.4f).Fade(0.3f), 6);
                }

                canvas.Restore();
                break;
            case Beard.Moustache:
                Lay(canvas, Moustache, color);
                break;
            case Beard.Goatee:
                Lay(canvas, Moustache, color);
                Lay(canvas, Goatee, color);
                break;
            case Beard.Full:
                Lay(canvas, Full, color);
                Lay(canvas, Moustache, color.Times(0.94f, 0.94f, 0.94f));
                canvas.Soft("M -22,76 C -10,82 10,82 22,76 C 14,90 -14,90 -22,76 Z", color.Times(0.7f, 0.7f, 0.7f), 3);
                canvas.SoftStroke("M -52,62 C -48,78 -38,92 -24,100", color.Towards(SKColors.White, 0.22f).Fade(0.6f), 3, 2);
                break;
        }
    }

    private static void Lay(SKCanvas canvas, string shape, SKColor color)
    {
        using var path = Brush.Path(shape);
        canvas.Soft(path, color.Fade(0.55f), 3.2f);
        using var paint = Brush.Linear(new SKPoint(-40, 20), new SKPoint(40, 110), color.Towards(SKColors.White, 0.12f), color, color.Times(0.72f, 0.7f, 0.7f));
        canvas.DrawPath(path, paint);
    }
}
