using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>A mask over nose, mouth and chin, held by loops around the ears.</summary>
internal static class FaceMaskPainter
{
    private const string Shape = "M -64,18 C -44,16 -22,4 0,2 C 22,4 44,16 64,18 C 66,48 60,80 40,100 C 24,113 -24,113 -40,100 C -60,80 -66,48 -64,18 Z";

    private static readonly SKColor[] Surgical = [new(0x9C, 0xC8, 0xDE), new(0xF2, 0xF4, 0xF4), new(0x8C, 0xC4, 0xB4)];

    public static void Paint(SKCanvas canvas, FaceTraits traits)
    {
        if (traits.Mask == FaceMask.None)
        {
            return;
        }

        var surgical = traits.Mask == FaceMask.Surgical;
        var color = surgical ? Surgical[traits.Tone % Surgical.Length] : traits.HeadwearColor;
        foreach (var loop in (string[])["M -63,22 L -82,2", "M 63,22 L 82,2", "M -56,78 L -80,34", "M 56,78 L 80,34"])
        {
            canvas.Stroke(loop, SKColors.White.Fade(0.85f), 2.2f);
        }

        canvas.Soft(Shape, SKColors.Black.Fade(0.22f), 3);
        using var path = Brush.Path(Shape);
        using var fill = Brush.Linear(new SKPoint(-50, 10), new SKPoint(50, 110), color.Towards(SKColors.White, 0.25f), color, color.Times(0.78f, 0.78f, 0.8f));
        canvas.DrawPath(path, fill);
        canvas.SoftStroke("M -8,8 C -6,24 -10,36 -14,42", SKColors.White.Fade(0.4f), 3, 2);
        if (surgical)
        {
            foreach (var pleat in (string[])["M -62,42 C -24,50 24,50 62,42", "M -60,60 C -24,70 24,70 60,60", "M -54,78 C -22,90 22,90 54,78"])
            {
                canvas.Stroke(pleat, color.Times(0.7f, 0.74f, 0.78f).Fade(0.7f), 2);
            }
        }
        else
        {
            canvas.Stroke("M 0,4 C 3,36 3,70 0,108", color.Times(0.62f, 0.62f, 0.64f).Fade(0.8f), 2.4f);
        }
    }
}
