using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>A hillside on a mild morning: the sky and far hills behind everyone, and a hedge in front of each row but the nearest.</summary>
internal sealed class Scenery : IDisposable
{
    /// <summary>Where each hedge's top is, as a share of the frame's height.</summary>
    private static readonly float[] CrestShare = [0.54f, 0.70f];

    /// <summary>Below this share of the height the hedges hide everything.</summary>
    private const float HiddenShare = 0.6f;

    private static readonly SKColor[] Hedges = [new(0x8F, 0xB5, 0x86), new(0x6A, 0x9A, 0x72)];

    private readonly SKImage _back;
    private readonly (SKImage Image, float Top)[] _hedges;

    public Scenery(int seed, int width, int height)
    {
        _back = Paint(width, height, SKAlphaType.Opaque, canvas => PaintBack(canvas, seed, width, height));
        _hedges = new (SKImage, float)[CrestShare.Length];
        for (var i = 0; i < _hedges.Length; i++)
        {
            var row = i;
            var top = MathF.Floor((CrestShare[row] - 0.05f) * height);
            var bottom = row + 1 < CrestShare.Length ? (CrestShare[row + 1] + 0.05f) * height : height;
            _hedges[row] = (Paint(width, (int)(bottom - top), SKAlphaType.Premul, canvas => PaintHedge(canvas, seed, row, width, height, top)), top);
        }
    }

    public void DrawBack(SKCanvas canvas) => canvas.DrawImage(_back, 0, 0, SKSamplingOptions.Default);

    /// <summary>Hides the lower part of a row; the nearest row has nothing in front of it.</summary>
    public void DrawBefore(SKCanvas canvas, int row)
    {
        if (row < _hedges.Length)
        {
            canvas.DrawImage(_hedges[row].Image, 0, _hedges[row].Top, SKSamplingOptions.Default);
        }
    }

    public void Dispose()
    {
        _back.Dispose();
        foreach (var (image, _) in _hedges)
        {
            image.Dispose();
        }
    }

    private static SKImage Paint(int width, int height, SKAlphaType alpha, Action<SKCanvas> paint)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Bgra8888, alpha));
        surface.Canvas.Clear(SKColors.Transparent);
        paint(surface.Canvas);
        return surface.Snapshot();
    }

    private static void PaintBack(SKCanvas canvas, int seed, float width, float height)
    {
        using (var sky = Brush.Linear(new SKPoint(0, 0), new SKPoint(0, height * 0.6f), new SKColor(0xA9, 0xCF, 0xE0), new SKColor(0xD9, 0xE6, 0xE0), new SKColor(0xFB, 0xE9, 0xCB)))
        {
            canvas.DrawRect(0, 0, width, height * HiddenShare, sky);
        }

        canvas.Spot(width * 0.14f, height * 0.12f, height * 0.55f, height * 0.55f, new SKColor(0xFF, 0xF3, 0xD0, 0xC0));
        canvas.Spot(width * 0.14f, height * 0.12f, height * 0.10f, height * 0.10f, new SKColor(0xFF, 0xFB, 0xEC));

        var random = SeededRandom.For(seed, 50);
        for (var i = 0; i < 4; i++)
        {
            Cloud(canvas, ref random, width * (0.2f + (0.25f * i) + random.Between(-0.06f, 0.06f)), height * random.Between(0.06f, 0.2f), height * random.Between(0.05f, 0.09f));
        }

        Hill(canvas, ref random, width, height, 0.40f, 0.05f, new SKColor(0xBF, 0xD6, 0xD2), new SKColor(0xCF, 0xDE, 0xCC));
        Hill(canvas, ref random, width, height, 0.46f, 0.04f, new SKColor(0xAC, 0xCB, 0xB6), new SKColor(0xBE, 0xD5, 0xB2));
        for (var i = 0; i < 9; i++)
        {
            Tree(canvas, ref random, width * (i + random.Between(0.1f, 0.9f)) / 9, height * random.Between(0.455f, 0.49f), height * random.Between(0.035f, 0.07f));
        }

        Hill(canvas, ref random, width, height, 0.50f, 0.03f, new SKColor(0xA2, 0xC4, 0x9A), new SKColor(0x8A, 0xB2, 0x84));
    }

    private static void Cloud(SKCanvas canvas, ref SeededRandom random, float x, float y, float size)
    {
        for (var i = 0; i < 6; i++)
        {
            canvas.Spot(x + (size * random.Between(-1.8f, 1.8f)), y + (size * random.Between(-0.3f, 0.3f)), size * random.Between(0.9f, 1.6f), size * random.Between(0.5f, 0.8f), SKColors.White.Fade(0.55f));
        }
    }

    private static void Tree(SKCanvas canvas, ref SeededRandom random, float x, float y, float size)
    {
        var leaf = new SKColor(0x86, 0xAE, 0x88).Towards(new SKColor(0xC8, 0xB8, 0x7A), random.Between(0, 0.5f));
        using (var trunk = Brush.Line(new SKColor(0x8E, 0x7C, 0x66), size * 0.12f))
        {
            canvas.DrawLine(x, y + (size * 0.4f), x, y - (size * 0.6f), trunk);
        }

        for (var i = 0; i < 7; i++)
        {
            var (sin, cos) = MathF.SinCos(i * MathF.Tau / 7);
            var bough = size * random.Between(0.34f, 0.5f);
            var (boughX, boughY) = (x + (size * 0.42f * cos), y - (size * 0.95f) + (size * 0.45f * sin));
            canvas.Oval(boughX, boughY, bough, bough, leaf.Towards(SKColors.Black, 0.05f * (1 + sin)));
            canvas.Spot(boughX - (bough * 0.3f), boughY - (bough * 0.35f), bough * 0.8f, bough * 0.8f, leaf.Towards(new SKColor(0xFF, 0xF6, 0xD0), 0.5f).Fade(0.5f));
        }
    }

    private static void Hill(SKCanvas canvas, ref SeededRandom random, float width, float height, float crest, float swell, SKColor top, SKColor bottom)
    {
        var phase = random.Between(0, MathF.Tau);
        using var builder = new SKPathBuilder();
        builder.MoveTo(0, height * HiddenShare);
        for (var step = 0; step <= 64; step++)
        {
            var x = step / 64f;
            builder.LineTo(x * width, height * (crest - (swell * (MathF.Sin((x * 5.3f) + phase) + (0.4f * MathF.Sin((x * 11.7f) + phase))))));
        }

        builder.LineTo(width, height * HiddenShare);
        builder.Close();
        using var path = builder.Detach();
        using var paint = Brush.Linear(new SKPoint(0, height * (crest - swell)), new SKPoint(0, height * (crest + 0.2f)), top, bottom);
        canvas.DrawPath(path, paint);
    }

    /// <summary>A clipped hedge with light on its upper leaves and a few blossoms.</summary>
    private static void PaintHedge(SKCanvas canvas, int seed, int row, float width, float height, float top)
    {
        var random = SeededRandom.For(seed, 60 + row);
        var crest = (CrestShare[row] * height) - top;
        var leaf = height * (0.022f + (0.01f * row));
        var color = Hedges[row];
        using (var body = Brush.Linear(new SKPoint(0, crest), new SKPoint(0, crest + (height * 0.22f)), color, color.Times(0.72f, 0.8f, 0.76f)))
        {
            canvas.DrawRect(0, crest, width, height, body);
            for (var x = -leaf; x < width + leaf; x += leaf * 0.8f)
            {
                canvas.DrawCircle(x, crest + (leaf * random.Between(-0.1f, 0.4f)), leaf * random.Between(0.8f, 1.2f), body);
            }
        }

        for (var i = 0; i < 420; i++)
        {
            var y = crest + (height * 0.2f * random.Unit() * random.Unit());
            var shade = random.Chance(0.55f) ? color.Towards(new SKColor(0xF2, 0xF2, 0xB8), 0.34f) : color.Times(0.74f, 0.82f, 0.78f);
            canvas.Spot(random.Between(0, width), y, leaf * random.Between(0.4f, 1.1f), leaf * random.Between(0.25f, 0.6f), shade.Fade(0.5f));
        }

        SKColor[] blossoms = [new(0xFD, 0xF6, 0xE8), new(0xF6, 0xC8, 0xC0), new(0xF4, 0xDD, 0x90)];
        for (var i = 0; i < 46; i++)
        {
            var x = random.Between(0, width);
            var y = crest + (height * random.Between(0.0f, 0.17f));
            var petal = leaf * random.Between(0.12f, 0.2f);
            var blossom = random.Pick<SKColor>(blossoms);
            for (var k = 0; k < 5; k++)
            {
                var (sin, cos) = MathF.SinCos(k * MathF.Tau / 5);
                canvas.Oval(x + (petal * cos), y + (petal * sin), petal * 0.8f, petal * 0.8f, blossom);
            }

            canvas.Oval(x, y, petal * 0.6f, petal * 0.6f, new SKColor(0xE8, 0xB0, 0x50));
        }
    }
}
