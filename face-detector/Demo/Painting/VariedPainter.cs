using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>Paints a <see cref="VariedScene"/>: backdrop, people, then what light and camera do.</summary>
internal static class VariedPainter
{
    public static void Paint(VariedScene scene, Easel easel)
    {
        var canvas = easel.Canvas;
        canvas.Clear(SKColors.Gray);
        Backdrops.Paint(canvas, scene.Seed, scene.Width, scene.Height);
        foreach (var face in scene.Faces)
        {
            using var portrait = new Portrait(face.Traits, face.Pose.FaceHeight);
            portrait.DrawLegs(canvas, face.Pose);
            portrait.Draw(easel, face.Pose);
        }

        Spoil(scene, canvas, easel.Bitmap);
    }

    private static void Spoil(VariedScene scene, SKCanvas canvas, SKBitmap pixels)
    {
        var camera = scene.Camera;
        if (camera.ShadowDepth > 0)
        {
            var (sin, cos) = MathF.SinCos(camera.ShadowAngle);
            var middle = new SKPoint(scene.Width / 2f, scene.Height / 2f);
            var reach = new SKPoint(cos * scene.Width / 2, sin * scene.Height / 2);
            using var shadow = Brush.Linear(middle - reach, middle + reach, SKColors.Black.Fade(0), SKColors.Black.Fade(camera.ShadowDepth));
            canvas.DrawPaint(shadow);
        }

        using var copy = SKImage.FromBitmap(pixels);
        using var light = new SKPaint();
        var offset = 0.5f * (1 - camera.Contrast);
        using var filter = SKColorFilter.CreateColorMatrix(
        [
            camera.Red * camera.Contrast, 0, 0, 0, offset,
            0, camera.Green * camera.Contrast, 0, 0, offset,
            0, 0, camera.Blue * camera.Contrast, 0, offset,
            0, 0, 0, 1, 0,
        ]);
        light.ColorFilter = filter;
        using var blur = camera.Blur > 0 ? SKImageFilter.CreateBlur(camera.Blur, camera.Blur, SKShaderTileMode.Clamp) : null;
        light.ImageFilter = blur;
        canvas.DrawImage(copy, 0, 0, SKSamplingOptions.Default, light);
        if (camera.Noise > 0)
        {
            AddNoise(pixels.GetPixelSpan(), scene.Seed, camera.Noise);
        }
    }

    private static void AddNoise(Span<byte> bgra, int seed, int most)
    {
        var random = SeededRandom.For(seed, 3_000);
        for (var i = 0; i + 3 < bgra.Length; i += 4)
        {
            var bits = random.NextBits();
            for (var channel = 0; channel < 3; channel++)
            {
                // The mean of two draws: a triangular distribution around 0.
                var one = (int)((bits >> (16 * channel)) & 0xFF);
                var other = (int)((bits >> ((16 * channel) + 8)) & 0xFF);
                bgra[i + channel] = (byte)Math.Clamp(bgra[i + channel] + ((one - other) * most / 255), 0, 255);
            }
        }
    }
}
