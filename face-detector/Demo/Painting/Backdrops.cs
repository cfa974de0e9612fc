using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>Backgrounds of varied pictures, some full of round, skin-coloured and paired things that are no faces.</summary>
internal static class Backdrops
{
    public static void Paint(SKCanvas canvas, int seed, int width, int height)
    {
        var random = SeededRandom.For(seed, 4_000);
        switch (random.Below(6))
        {
            case 0:
                Hillside(canvas, seed, width, height);
                break;
            case 1:
                Wash(canvas, ref random, width, height);
                break;
            case 2:
                Wash(canvas, ref random, width, height);
                Room(canvas, ref random, width, height);
                break;
            case 3:
                Street(canvas, ref random, width, height);
                break;
            case 4:
                Wash(canvas, ref random, width, height);
                Lights(canvas, ref random, width, height);
                break;
            default:
                Wash(canvas, ref random, width, height);
                Clutter(canvas, ref random, width, height);
                break;
        }
    }

    private static void Hillside(SKCanvas canvas, int seed, int width, int height)
    {
        using var scenery = new Scenery(seed, width, height);
        scenery.DrawBack(canvas);
        scenery.DrawBefore(canvas, 0);
        scenery.DrawBefore(canvas, 1);
    }

    private static SKColor AnyColor(ref SeededRandom random) =>
        SKColor.FromHsv(random.Between(0, 360), random.Between(5, 60), random.Between(15, 95));

    private static void Wash(SKCanvas canvas, ref SeededRandom random, int width, int height)
    {
        using var paint = Brush.Linear(new SKPoint(random.Between(0, width), 0), new SKPoint(random.Between(0, width), height), AnyColor(ref random), AnyColor(ref random));
        canvas.DrawPaint(paint);
        for (var i = 0; i < 8; i++)
        {
            canvas.Spot(random.Between(0, width), random.Between(0, height), random.Between(0.1f, 0.5f) * width, random.Between(0.1f, 0.5f) * height, AnyColor(ref random).Fade(0.3f));
        }
    }

    private static void Room(SKCanvas canvas, ref SeededRandom random, int width, int height)
    {
        var floor = height * random.Between(0.6f, 0.85f);
        using (var boards = Brush.Fill(AnyColor(ref random).Times(0.7f, 0.65f, 0.6f)))
        {
            canvas.DrawRect(0, floor, width, height, boards);
        }

        for (var i = 0; i < 6; i++)
        {
            var (w, h) = (width * random.Between(0.06f, 0.24f), height * random.Between(0.1f, 0.35f));
            var (x, y) = (random.Between(0, width), random.Between(0, floor - h));
            using var frame = Brush.Fill(AnyColor(ref random));
            using var pane = Brush.Linear(new SKPoint(x, y), new SKPoint(x + w, y + h), AnyColor(ref random), AnyColor(ref random));
            canvas.DrawRect(x - 4, y - 4, w + 8, h + 8, frame);
            canvas.DrawRect(x, y, w, h, pane);
        }

        Clutter(canvas, ref random, width, height, most: 8);
    }

    private static void Street(SKCanvas canvas, ref SeededRandom random, int width, int height)
    {
        canvas.Clear(AnyColor(ref random).Towards(SKColors.White, 0.5f));
        for (var x = 0f; x < width;)
        {
            var w = width * random.Between(0.08f, 0.26f);
            var top = height * random.Between(0.02f, 0.5f);
            var wall = AnyColor(ref random);
            using var paint = Brush.Fill(wall);
            using var window = Brush.Fill(wall.Towards(random.Chance(0.5f) ? SKColors.Black : SKColors.LightYellow, 0.55f));
            canvas.DrawRect(x, top, w, height, paint);
            var step = MathF.Max(8, w / random.Between(3, 8));
            for (var windowY = top + (step / 2); windowY < height; windowY += step * 1.3f)
            {
                for (var windowX = x + (step / 4); windowX + (step / 2) < x + w; windowX += step)
                {
                    canvas.DrawRect(windowX, windowY, step / 2, step * 0.7f, window);
                }
            }

            x += w;
        }
    }

    private static void Lights(SKCanvas canvas, ref SeededRandom random, int width, int height)
    {
        canvas.DrawColor(SKColors.Black.Fade(0.5f));
        for (var i = 0; i < 50; i++)
        {
            var radius = random.Between(3, 0.07f * width);
            canvas.Oval(random.Between(0, width), random.Between(0, height), radius, radius, AnyColor(ref random).Towards(SKColors.White, 0.3f).Fade(0.35f));
        }
    }

    private static void Clutter(SKCanvas canvas, ref SeededRandom random, int width, int height, int most = 40)
    {
        for (var i = 0; i < most; i++)
        {
            var (x, y) = (random.Between(0, width), random.Between(0, height));
            var size = random.Between(0.01f, 0.14f) * width;
            var color = random.Chance(0.4f) ? MonkTone.Color(1 + random.Below(MonkTone.Count)) : AnyColor(ref random);
            switch (random.Below(4))
            {
                case 0:
                    canvas.Oval(x, y, size * 0.8f, size, color);
                    canvas.Spot(x - (size * 0.3f), y - (size * 0.3f), size * 0.5f, size * 0.5f, SKColors.White.Fade(0.4f));
                    break;
                case 1:
                    using (var paint = Brush.Fill(color))
                    {
                        canvas.Save();
                        canvas.RotateDegrees(random.Between(0, 90), x, y);
                        canvas.DrawRect(x, y, size, size * random.Between(0.3f, 2), paint);
                        canvas.Restore();
                    }

                    break;
                case 2:
                    // A plate with two dots: a pair of eyes to a careless detector.
                    canvas.Oval(x, y, size, size, color);
                    canvas.Oval(x - (size * 0.4f), y - (size * 0.1f), size * 0.12f, size * 0.12f, SKColors.Black);
                    canvas.Oval(x + (size * 0.4f), y - (size * 0.1f), size * 0.12f, size * 0.12f, SKColors.Black);
                    break;
                default:
                    using (var paint = Brush.Line(color, MathF.Max(1, size * 0.1f)))
                    {
                        canvas.DrawLine(x, y, random.Between(0, width), random.Between(0, height), paint);
                    }

                    break;
            }
        }
    }
}
