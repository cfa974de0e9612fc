using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>The shading of the face that turns with it: eye sockets, cheeks, wrinkles; and the nose, which stands out farther.</summary>
internal static class FeaturePainter
{
    public static void PaintRelief(SKCanvas canvas, Complexion skin, FaceTraits traits)
    {
        for (var side = -1; side <= 1; side += 2)
        {
            var shade = side < 0 ? 0.40f : 0.52f;
            canvas.Spot(side * 30, -15, 29, 19, skin.Shade.Fade(shade));
            canvas.Spot(side * 20, -18, 13, 16, skin.Deep.Fade(0.26f));
            canvas.Spot(side * 44, 31, 25, 19, skin.Blush.Fade(traits.Age == AgeGroup.Child ? 0.52f : 0.36f));
        }

        // Cheekbone and chin catch the light; the hollow under the lower lip does not.
        canvas.Spot(-42, 14, 19, 11, skin.Lit.Towards(SKColors.White, 0.3f).Fade(0.5f));
        canvas.Spot(38, 14, 14, 9, skin.Lit.Fade(0.35f));
        canvas.Spot(-3, 90, 20, 10, skin.Lit.Fade(0.45f));
        canvas.Spot(0, 77, 18, 7, skin.Shade.Fade(0.55f));
        canvas.Spot(0, 44, 7, 9, skin.Shade.Fade(0.35f));

        if (traits.Age == AgeGroup.Elder)
        {
            var crease = skin.Deep.Fade(0.38f);
            canvas.SoftStroke("M -22,36 C -34,46 -37,54 -36,64", crease, 2.4f, 1.1f);
            canvas.SoftStroke("M 22,36 C 34,46 37,54 36,64", crease, 2.4f, 1.1f);
            canvas.SoftStroke("M -44,4 C -38,9 -26,10 -20,6", crease, 1.8f, 1);
            canvas.SoftStroke("M 44,4 C 38,9 26,10 20,6", crease, 1.8f, 1);
            canvas.SoftStroke("M -34,-64 C -14,-68 14,-68 34,-64", crease.Fade(0.24f), 2, 1);
            canvas.SoftStroke("M -28,-54 C -12,-57 12,-57 28,-54", crease.Fade(0.2f), 2, 1);
        }
    }

    public static void PaintNose(SKCanvas canvas, Complexion skin, FaceTraits traits)
    {
        canvas.Save();
        canvas.Scale(traits.NoseWidth, 1);
        canvas.SoftStroke("M 9,-14 C 8,2 12,14 15,25", skin.Deep.Fade(0.36f), 6, 3.4f);
        canvas.SoftStroke("M -10,-14 C -9,-2 -11,10 -15,22", skin.Shade.Fade(0.34f), 4, 2.6f);
        canvas.SoftStroke("M -16,35 C -8,42 8,42 16,35", skin.Deep.Fade(0.55f), 5, 2.8f);
        canvas.SoftStroke("M -2,-16 L -2,14", skin.Lit.Towards(SKColors.White, 0.35f).Fade(0.55f), 5, 2.6f);
        canvas.Spot(-2, 23, 11, 10, skin.Lit.Towards(SKColors.White, 0.4f).Fade(0.75f));

        canvas.SoftStroke("M -17,22 C -22,27 -21,35 -14,35", skin.Deep.Fade(0.75f), 2.6f, 0.8f);
        canvas.SoftStroke("M 17,22 C 22,27 21,35 14,35", skin.Deep.Fade(0.85f), 2.8f, 0.8f);
        canvas.Soft("M -13,35 C -11,31 -5,32 -4,36 C -7,38 -11,38 -13,35 Z", skin.Line.Fade(0.8f), 0.7f);
        canvas.Soft("M 13,35 C 11,31 5,32 4,36 C 7,38 11,38 13,35 Z", skin.Line.Fade(0.8f), 0.7f);
        canvas.Restore();
    }
}
