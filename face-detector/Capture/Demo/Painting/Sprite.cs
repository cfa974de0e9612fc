using SkiaSharp;

namespace FaceEdge.Capture.Demo.Painting;

/// <summary>A part of a portrait painted once at the size it is shown at, with blurs that would cost too much in every frame.</summary>
internal sealed class Sprite : IDisposable
{
    private static readonly SKSamplingOptions Sampling = new(SKFilterMode.Linear);

    private readonly SKImage _image;
    private readonly SKRect _bounds;

    private Sprite(SKImage image, SKRect bounds)
    {
        _image = image;
        _bounds = bounds;
    }

    /// <param name="bounds">The part's extent in units.</param>
    /// <param name="pixelsPerUnit">The scale it is painted at.</param>
    /// <param name="paint">Paints it, in units.</param>
    public static Sprite Paint(SKRect bounds, float pixelsPerUnit, Action<SKCanvas> paint)
    {
        var width = Math.Max(1, (int)MathF.Ceiling(bounds.Width * pixelsPerUnit));
        var height = Math.Max(1, (int)MathF.Ceiling(bounds.Height * pixelsPerUnit));
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Premul));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.Transparent);
        canvas.Scale(pixelsPerUnit);
        canvas.Translate(-bounds.Left, -bounds.Top);
        paint(canvas);
        var whole = new SKRect(bounds.Left, bounds.Top, bounds.Left + (width / pixelsPerUnit), bounds.Top + (height / pixelsPerUnit));
        return new Sprite(surface.Snapshot(), whole);
    }

    public void Draw(SKCanvas canvas, in SKMatrix unitsToPixels)
    {
        canvas.Save();
        canvas.Concat(unitsToPixels);
        canvas.DrawImage(_image, _bounds, Sampling);
        canvas.Restore();
    }

    public void Dispose() => _image.Dispose();
}
