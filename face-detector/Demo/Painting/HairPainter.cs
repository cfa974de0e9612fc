using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>Hair in two layers: what hangs behind the head and what lies on it.</summary>
internal static class HairPainter
{
    /// <summary>What lies on the head, or null where there is nothing or a hat hides it.</summary>
    public static SKPath? Front(FaceTraits traits)
    {
        var svg = Covered(traits.Headwear) ? HairShapes.UnderHat(traits.Hair) : HairShapes.Front(traits.Hair);
        return svg is null ? null : Brush.Path(svg);
    }

    public static void PaintBack(SKCanvas canvas, FaceTraits traits)
    {
        if (traits.Headwear is Headwear.Headscarf or Headwear.Turban || HairShapes.Back(traits.Hair) is not { } svg)
        {
            return;
        }

        if (Covered(traits.Headwear) && traits.Hair is HairStyle.Bun or HairStyle.Afro)
        {
            return;
        }

        using var path = Brush.Path(svg);
        using var paint = Brush.Linear(
            new SKPoint(-80, -100),
            new SKPoint(70, 120),
            traits.HairColor,
            traits.HairColor.Times(0.72f, 0.7f, 0.7f),
            traits.HairColor.Times(0.52f, 0.5f, 0.5f));
        canvas.DrawPath(path, paint);
        Strands(canvas, path, HairShapes.BackStrands(traits.Hair), traits.HairColor);
    }

    public static void PaintFront(SKCanvas canvas, FaceTraits traits, SKPath shape)
    {
        var color = traits.HairColor;
        var opacity = traits.Hair == HairStyle.Buzzed ? 0.72f : 1;
        using var paint = Brush.Linear(
            new SKPoint(-70, -150),
            new SKPoint(80, -20),
            color.Towards(SKColors.White, 0.10f).Fade(opacity),
            color.Fade(opacity),
            color.Times(0.66f, 0.64f, 0.64f).Fade(opacity));
        if (traits.Hair == HairStyle.Buzzed)
        {
            canvas.Soft(shape, color.Fade(0.5f), 3);
        }

        canvas.DrawPath(shape, paint);
        if (traits.Hair != HairStyle.Buzzed)
        {
            Strands(canvas, shape, HairShapes.FrontStrands(traits.Hair), color);
        }
    }

    private static bool Covered(Headwear headwear) => headwear is not Headwear.None;

    /// <summary>Light and dark streaks that follow the hair, kept inside its shape.</summary>
    private static void Strands(SKCanvas canvas, SKPath shape, string? strands, SKColor color)
    {
        if (strands is null)
        {
            return;
        }

        canvas.Save();
        canvas.ClipPath(shape, SKClipOperation.Intersect, antialias: true);
        canvas.SoftStroke(strands, color.Times(0.55f, 0.52f, 0.5f).Fade(0.4f), 3, 1.9f);
        canvas.Translate(-4, -3);
        canvas.SoftStroke(strands, color.Towards(new SKColor(0xFF, 0xEC, 0xD2), 0.34f).Fade(0.4f), 3, 1.9f);
        canvas.Restore();
    }
}
