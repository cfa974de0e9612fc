using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>Hats and scarves, in two layers as the hair is.</summary>
internal static class HeadwearPainter
{
    private const string Beanie = "M -84,-62 C -92,-160 -40,-176 0,-176 C 40,-176 92,-160 84,-62 C 50,-76 -50,-76 -84,-62 Z";
    private const string BeanieBrim = "M -88,-58 C -90,-72 -88,-84 -84,-90 C -46,-106 46,-106 84,-90 C 88,-84 90,-72 88,-58 C 46,-74 -46,-74 -88,-58 Z";
    private const string CapCrown = "M -82,-70 C -86,-150 -40,-164 0,-164 C 40,-164 86,-150 82,-70 C 40,-84 -40,-84 -82,-70 Z";
    private const string CapPeak = "M -66,-80 C -30,-98 40,-98 72,-80 C 92,-70 98,-58 86,-56 C 50,-72 -30,-74 -64,-62 C -76,-60 -78,-72 -66,-80 Z";
    private const string SunHatCrown = "M -74,-84 C -78,-150 -44,-170 0,-170 C 44,-170 78,-150 74,-84 C 30,-96 -30,-96 -74,-84 Z";
    private const string SunHatBrim = "M -140,-66 C -132,-92 -60,-104 0,-104 C 60,-104 132,-92 140,-66 C 120,-58 60,-78 0,-78 C -60,-78 -120,-58 -140,-66 Z";
    private const string SunHatBrimBack = "M -140,-68 C -120,-100 120,-100 140,-68 C 100,-44 -100,-44 -140,-68 Z";
    private const string ScarfBack = "M 0,-150 C -104,-148 -112,-40 -104,30 C -100,90 -136,140 -146,188 C -70,236 70,236 146,188 C 136,140 100,90 104,30 C 112,-40 104,-148 0,-150 Z";
    private const string ScarfFront =
        "M 0,-152 C -98,-150 -106,-40 -100,30 C -94,92 -70,128 -30,146 C 10,156 60,140 84,104 C 104,70 106,-20 98,-70 C 86,-134 44,-152 0,-152 Z M 0,-92 C 36,-92 62,-66 70,-26 C 76,20 66,64 42,86 C 18,104 -18,104 -42,86 C -66,64 -76,20 -70,-26 C -62,-66 -36,-92 0,-92 Z";
    private const string Turban =
        "M -82,-52 C -112,-92 -92,-178 0,-182 C 92,-178 112,-92 82,-52 C 60,-76 30,-92 0,-98 C -30,-92 -60,-76 -82,-52 Z";

    /// <summary>What lies on the head and throws a shadow on the face, or null for a bare head.</summary>
    public static SKPath? Front(Headwear headwear) => headwear switch
    {
        Headwear.None => null,
        Headwear.Beanie => Brush.Path(BeanieBrim),
        Headwear.Cap => Brush.Path(CapPeak),
        Headwear.SunHat => Brush.Path(SunHatBrim),
        Headwear.Headscarf => EvenOdd(ScarfFront),
        Headwear.Turban => Brush.Path(Turban),
        _ => throw new ArgumentOutOfRangeException(nameof(headwear)),
    };

    public static void PaintBack(SKCanvas canvas, FaceTraits traits)
    {
        var color = traits.HeadwearColor;
        if (traits.Headwear == Headwear.Headscarf)
        {
            Lay(canvas, ScarfBack, color.Times(0.78f, 0.76f, 0.78f));
        }
        else if (traits.Headwear == Headwear.SunHat)
        {
            canvas.Fill(SunHatBrimBack, color.Times(0.6f, 0.55f, 0.5f));
        }
    }

    public static void PaintFront(SKCanvas canvas, FaceTraits traits)
    {
        var color = traits.HeadwearColor;
        var dark = color.Times(0.62f, 0.58f, 0.6f);
        switch (traits.Headwear)
        {
            case Headwear.Beanie:
                Lay(canvas, Beanie, color);
                canvas.SoftStroke("M -50,-90 C -56,-130 -36,-160 -14,-172 M -18,-96 C -20,-130 -12,-160 -4,-174 M 18,-96 C 20,-130 14,-160 6,-174 M 50,-90 C 56,-130 38,-160 16,-172", dark.Fade(0.5f), 3, 1.6f);
                Lay(canvas, BeanieBrim, color.Towards(SKColors.White, 0.12f));
                canvas.SoftStroke("M -60,-68 L -58,-94 M -40,-73 L -39,-99 M -20,-76 L -20,-102 M 0,-77 L 0,-103 M 20,-76 L 20,-102 M 40,-73 L 39,-99 M 60,-68 L 58,-94", dark.Fade(0.45f), 2.4f, 1);
                canvas.Spot(0, -178, 20, 20, color.Towards(SKColors.White, 0.35f));
                canvas.Oval(0, -180, 15, 15, color.Towards(SKColors.White, 0.3f));
                canvas.Spot(-4, -184, 11, 11, SKColors.White.Fade(0.4f));
                break;
            case Headwear.Cap:
                Lay(canvas, CapCrown, color);
                canvas.SoftStroke("M 0,-164 L 0,-84 M -44,-152 C -52,-128 -54,-104 -52,-80 M 44,-152 C 52,-128 54,-104 52,-80", dark.Fade(0.5f), 2, 1);
                Lay(canvas, CapPeak, color.Times(0.86f, 0.84f, 0.86f));
                canvas.SoftStroke("M -58,-80 C -26,-94 36,-94 66,-80", color.Towards(SKColors.White, 0.4f).Fade(0.6f), 2.4f, 1.2f);
                break;
            case Headwear.SunHat:
                Lay(canvas, SunHatCrown, color);
                canvas.Fill("M -75,-86 C -76,-98 -76,-106 -74,-112 C -30,-124 30,-124 74,-112 C 76,-106 76,-98 75,-86 C 30,-98 -30,-98 -75,-86 Z", traits.GarmentColor);
                Lay(canvas, SunHatBrim, color);
                canvas.SoftStroke("M -126,-72 C -90,-88 -40,-94 0,-94 C 40,-94 90,-88 126,-72", dark.Fade(0.3f), 2, 1.2f);
                break;
            case Headwear.Headscarf:
                using (var scarf = EvenOdd(ScarfFront))
                {
                    Lay(canvas, scarf, color);
                    canvas.Save();
                    canvas.ClipPath(scarf, SKClipOperation.Intersect, antialias: true);
                    canvas.SoftStroke("M -84,-60 C -66,-118 -20,-134 30,-126 M -94,0 C -84,70 -50,112 0,124 M 92,-20 C 96,50 70,100 20,128 M -88,40 C -70,96 -30,124 20,134 M 84,-70 C 66,-112 30,-128 -6,-132", dark.Fade(0.6f), 3, 2);
                    canvas.SoftStroke("M -90,-30 C -80,-100 -40,-130 10,-136 M -80,70 C -56,110 -20,128 16,130", color.Towards(SKColors.White, 0.4f).Fade(0.55f), 4, 3);
                    canvas.Restore();
                }

                break;
            case Headwear.Turban:
                Lay(canvas, Turban, color);
                canvas.Save();
                using (var folds = Brush.Path(Turban))
                {
                    canvas.ClipPath(folds, SKClipOperation.Intersect, antialias: true);
                }

                canvas.SoftStroke("M -90,-70 C -60,-130 0,-150 74,-154 M -96,-100 C -60,-150 -10,-168 40,-172 M -70,-72 C -30,-110 20,-124 92,-120 M 84,-62 C 60,-96 30,-108 -10,-120 M -40,-84 C -10,-100 30,-106 98,-96", dark.Fade(0.6f), 3.4f, 1.8f);
                canvas.SoftStroke("M -84,-84 C -54,-136 0,-158 60,-162 M -60,-82 C -20,-116 30,-128 86,-128", color.Towards(SKColors.White, 0.45f).Fade(0.5f), 3, 2);
                canvas.Restore();
                break;
        }
    }

    private static SKPath EvenOdd(string svg)
    {
        var path = Brush.Path(svg);
        path.FillType = SKPathFillType.EvenOdd;
        return path;
    }

    private static void Lay(SKCanvas canvas, string svg, SKColor color)
    {
        using var path = Brush.Path(svg);
        Lay(canvas, path, color);
    }

    private static void Lay(SKCanvas canvas, SKPath path, SKColor color)
    {
        using var paint = Brush.Linear(
            new SKPoint(-80, -160),
            new SKPoint(90, -10),
            color.Towards(SKColors.White, 0.26f),
            color,
            color.Times(0.7f, 0.67f, 0.7f));
        canvas.DrawPath(path, paint);
    }
}
