using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>Neck, shoulders and what is worn on them; reaches down to <see cref="Bottom"/>.</summary>
internal static class BodyPainter
{
    public const float Bottom = 470;

    private const string Neck = "M -34,50 C -34,90 -36,112 -46,128 C -20,160 20,160 46,128 C 36,112 34,90 34,50 Z";

    private const string Torso =
        "M -38,118 C -70,132 -118,140 -140,168 C -160,200 -166,300 -172,470 L 172,470 C 166,300 160,200 140,168 C 118,140 70,132 38,118 C 24,142 -24,142 -38,118 Z";

    public static void Paint(SKCanvas canvas, FaceTraits traits, Complexion skin)
    {
        using (var neck = Brush.Linear(new SKPoint(-36, 90), new SKPoint(38, 120), skin.Base, skin.Base.Towards(skin.Shade, 0.6f), skin.Shade))
        using (var path = Brush.Path(Neck))
        {
            canvas.DrawPath(path, neck);
            canvas.Save();
            canvas.ClipPath(path, SKClipOperation.Intersect, antialias: true);
            canvas.Soft("M -60,60 L 60,60 L 60,100 C 30,128 -20,128 -60,96 Z", skin.Deep.Fade(0.7f), 7);
            canvas.Restore();
        }

        if (traits.Age == AgeGroup.Child)
        {
            canvas.Save();
            canvas.Translate(0, 18);
            canvas.Scale(0.82f, 0.86f);
            PaintGarment(canvas, traits);
            canvas.Restore();
        }
        else
        {
            PaintGarment(canvas, traits);
        }
    }

    /// <summary>For people who stand in the open: what is below <see cref="Bottom"/>.</summary>
    public static void PaintLegs(SKCanvas canvas, FaceTraits traits)
    {
        var cloth = traits.GarmentColor.Times(0.36f, 0.38f, 0.46f);
        canvas.Fill("M -150,440 L 150,440 L 128,1220 L 34,1220 L 8,640 L -8,640 L -34,1220 L -128,1220 Z", cloth);
    }

    private static void PaintGarment(SKCanvas canvas, FaceTraits traits)
    {
        var color = traits.GarmentColor;
        var light = color.Towards(SKColors.White, 0.2f);
        var dark = color.Times(0.62f, 0.58f, 0.62f);
        using var torso = Brush.Path(traits.Garment == Garment.VNeck
            ? Torso.Replace("C 24,142 -24,142 -38,118 Z", "L 0,190 L -38,118 Z", StringComparison.Ordinal)
            : Torso);
        if (traits.Garment == Garment.VNeck)
        {
            canvas.Fill("M -42,112 L 42,112 L 20,200 L -20,200 Z", SKColors.White.Towards(color, 0.12f));
        }

        using (var cloth = Brush.Linear(new SKPoint(-120, 130), new SKPoint(130, 330), light, color, dark))
        {
            canvas.DrawPath(torso, cloth);
        }

        canvas.Save();
        canvas.ClipPath(torso, SKClipOperation.Intersect, antialias: true);
        canvas.SoftStroke("M -104,230 C -96,290 -100,360 -112,470 M 104,230 C 98,290 102,360 114,470", dark.Fade(0.55f), 5, 4);
        canvas.SoftStroke("M -30,180 C -44,230 -40,270 -54,320 M 60,190 C 54,230 62,260 50,310", dark.Fade(0.3f), 5, 5);
        canvas.Restore();
        Trim(canvas, traits.Garment, color, light, dark);
    }

    private static void Trim(SKCanvas canvas, Garment garment, SKColor color, SKColor light, SKColor dark)
    {
        switch (garment)
        {
            case Garment.CrewNeck:
                canvas.Stroke("M -40,119 C -26,147 26,147 40,119", dark.Fade(0.8f), 7);
                canvas.Stroke("M -40,118 C -26,145 26,145 40,118", light, 3);
                break;
            case Garment.VNeck:
                canvas.Stroke("M -40,118 L 0,191 L 40,118", dark, 6);
                break;
            case Garment.Shirt:
                canvas.Fill("M -40,108 L -6,146 L -34,176 L -62,128 Z", light);
                canvas.Fill("M 40,108 L 6,146 L 34,176 L 62,128 Z", color.Towards(SKColors.White, 0.1f));
                canvas.SoftStroke("M 0,146 L 0,470", dark.Fade(0.7f), 2.4f, 0.6f);
                canvas.Oval(5, 190, 3, 3, SKColors.White.Fade(0.8f));
                canvas.Oval(5, 240, 3, 3, SKColors.White.Fade(0.8f));
                canvas.Oval(5, 290, 3, 3, SKColors.White.Fade(0.8f));
                break;
            case Garment.Hoodie:
                canvas.Fill("M -48,104 C -80,116 -84,140 -58,152 C -30,168 30,168 58,152 C 84,140 80,116 48,104 C 40,150 -40,150 -48,104 Z", color.Towards(dark, 0.3f));
                canvas.Stroke("M -18,158 L -22,220", SKColors.White.Fade(0.75f), 3);
                canvas.Stroke("M 18,158 L 21,210", SKColors.White.Fade(0.75f), 3);
                break;
            case Garment.Scarf:
                canvas.Fill("M -56,100 C -60,140 -40,160 0,162 C 40,160 60,140 56,100 C 30,128 -30,128 -56,100 Z", light);
                canvas.Fill("M 12,150 L 46,140 L 58,250 L 22,256 Z", color.Towards(SKColors.White, 0.12f));
                canvas.SoftStroke("M -50,116 C -24,142 20,146 52,118 M -46,132 C -20,152 20,154 46,136", dark.Fade(0.45f), 2.4f, 1.2f);
                break;
        }
    }
}
