using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>The few strokes that the portraits and the scenery are painted with.</summary>
internal static class Brush
{
    public static SKPath Path(string svg) =>
        SKPath.ParseSvgPathData(svg) ?? throw new ArgumentException($"Not SVG path data: {svg}", nameof(svg));

    public static SKPaint Fill(SKColor color) => new() { Color = color, IsAntialias = true };

    public static SKPaint Line(SKColor color, float width) => new()
    {
        Color = color,
        IsAntialias = true,
        Style = SKPaintStyle.Stroke,
        StrokeWidth = width,
        StrokeCap = SKStrokeCap.Round,
        StrokeJoin = SKStrokeJoin.Round,
    };

    /// <summary>A fill that goes from one colour to the other along a line.</summary>
    public static SKPaint Linear(SKPoint from, SKPoint to, params SKColor[] colors)
    {
        using var shader = SKShader.CreateLinearGradient(from, to, colors, SKShaderTileMode.Clamp);
        return new SKPaint { IsAntialias = true, Shader = shader, IsDither = true };
    }

    /// <summary>A fill that goes from the first colour at the centre to the last at the radius.</summary>
    public static SKPaint Radial(SKPoint centre, float radius, params SKColor[] colors)
    {
        using var shader = SKShader.CreateRadialGradient(centre, radius, colors, SKShaderTileMode.Clamp);
        return new SKPaint { IsAntialias = true, Shader = shader, IsDither = true };
    }

    public static void Fill(this SKCanvas canvas, SKPath path, SKColor color)
    {
        using var paint = Fill(color);
        canvas.DrawPath(path, paint);
    }

    public static void Fill(this SKCanvas canvas, string svg, SKColor color)
    {
        using var path = Path(svg);
        canvas.Fill(path, color);
    }

    public static void Stroke(this SKCanvas canvas, string svg, SKColor color, float width)
    {
        using var path = Path(svg);
        using var paint = Line(color, width);
        canvas.DrawPath(path, paint);
    }

    public static void Oval(this SKCanvas canvas, float x, float y, float radiusX, float radiusY, SKColor color)
    {
        using var paint = Fill(color);
        canvas.DrawOval(x, y, radiusX, radiusY, paint);
    }

    /// <summary>An ellipse that fades to nothing at its rim.</summary>
    public static void Spot(this SKCanvas canvas, float x, float y, float radiusX, float radiusY, SKColor color)
    {
        using var paint = Radial(default, 1, color, color.WithAlpha((byte)(color.Alpha * 0.62f)), color.WithAlpha((byte)(color.Alpha * 0.16f)), color.WithAlpha(0));
        canvas.Save();
        canvas.Translate(x, y);
        canvas.Scale(radiusX, radiusY);
        canvas.DrawCircle(0, 0, 1, paint);
        canvas.Restore();
    }

    /// <summary>A shape with a blurred rim; <paramref name="blur"/> is the Gaussian's sigma in the canvas's units.</summary>
    public static void Soft(this SKCanvas canvas, SKPath path, SKColor color, float blur)
    {
        using var filter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, blur);
        using var paint = Fill(color);
        paint.MaskFilter = filter;
        canvas.DrawPath(path, paint);
    }

    public static void Soft(this SKCanvas canvas, string svg, SKColor color, float blur)
    {
        using var path = Path(svg);
        canvas.Soft(path, color, blur);
    }

    public static void SoftStroke(this SKCanvas canvas, string svg, SKColor color, float width, float blur)
    {
        using var path = Path(svg);
        using var filter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, blur);
        using var paint = Line(color, width);
        paint.MaskFilter = filter;
        canvas.DrawPath(path, paint);
    }
}
