using System.Runtime.InteropServices;
using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>A part of a portrait painted once at the size it is shown at, with blurs that would cost too much in every frame.</summary>
internal sealed class Sprite : IDisposable
{
    /// <summary>The blitter reads a transparent pixel beyond each edge.</summary>
    private const int Rim = 1;

    private readonly SKBitmap _bitmap;
    private readonly SKImage _image;
    private readonly SKMatrix _toUnits;

    private Sprite(SKBitmap bitmap, SKMatrix toUnits)
    {
        _bitmap = bitmap;
        _bitmap.SetImmutable();
        _image = SKImage.FromBitmap(bitmap);
        _toUnits = toUnits;
    }

    /// <param name="bounds">In units, large enough for the part.</param>
    /// <param name="pixelsPerUnit">The scale it is painted at.</param>
    /// <param name="paint">Paints it, in units.</param>
    /// <returns>The part, or null when nothing was painted.</returns>
    public static Sprite? Paint(SKRect bounds, float pixelsPerUnit, Action<SKCanvas> paint)
    {
        var width = Math.Max(1, (int)MathF.Ceiling(bounds.Width * pixelsPerUnit));
        var height = Math.Max(1, (int)MathF.Ceiling(bounds.Height * pixelsPerUnit));
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Premul));
        bitmap.Erase(SKColors.Transparent);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Scale(pixelsPerUnit);
            canvas.Translate(-bounds.Left, -bounds.Top);
            paint(canvas);
        }

        var part = Painted(bitmap);
        if (part.IsEmpty)
        {
            return null;
        }

        var toUnits = SKMatrix.CreateScaleTranslation(
            1 / pixelsPerUnit,
            1 / pixelsPerUnit,
            bounds.Left + ((part.Left - Rim) / pixelsPerUnit),
            bounds.Top + ((part.Top - Rim) / pixelsPerUnit));
        return new Sprite(Cut(bitmap, part), toUnits);
    }

    public void Draw(Easel easel, in SKMatrix unitsToPixels) =>
        SpriteBlitter.Draw(
            MemoryMarshal.Cast<byte, uint>(_bitmap.GetPixelSpan()), _bitmap.Width, easel.Pixels, easel.Bitmap.Width, unitsToPixels.PreConcat(_toUnits));

    /// <summary>
    /// Draws it unscaled at the nearest whole pixel, at a tenth of the cost: for what moves so little that a step of a pixel does not show.
    /// </summary>
    public void DrawUnscaled(Easel easel, in SKMatrix unitsToPixels)
    {
        var corner = unitsToPixels.PreConcat(_toUnits).MapPoint(0, 0);
        easel.Canvas.DrawImage(_image, MathF.Round(corner.X), MathF.Round(corner.Y), SKSamplingOptions.Default);
    }

    public void Dispose()
    {
        _image.Dispose();
        _bitmap.Dispose();
    }

    private static SKBitmap Cut(SKBitmap whole, SKRectI part)
    {
        var cut = new SKBitmap(new SKImageInfo(part.Width + (2 * Rim), part.Height + (2 * Rim), SKColorType.Bgra8888, SKAlphaType.Premul));
        cut.Erase(SKColors.Transparent);
        using var canvas = new SKCanvas(cut);
        using var image = SKImage.FromBitmap(whole);
        canvas.DrawImage(image, Rim - part.Left, Rim - part.Top, SKSamplingOptions.Default);
        return cut;
    }

    /// <summary>The smallest rectangle around what is not transparent.</summary>
    private static SKRectI Painted(SKBitmap bitmap)
    {
        var pixels = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        var bounds = new SKRectI(bitmap.Width, bitmap.Height, 0, 0);
        for (var y = 0; y < bitmap.Height; y++)
        {
            var row = pixels.Slice(y * bitmap.Width, bitmap.Width);
            var first = row.IndexOfAnyExcept(0u);
            if (first >= 0)
            {
                bounds.Left = Math.Min(bounds.Left, first);
                bounds.Right = Math.Max(bounds.Right, row.LastIndexOfAnyExcept(0u) + 1);
                bounds.Top = Math.Min(bounds.Top, y);
                bounds.Bottom = y + 1;
            }
        }

        return bounds.Right > bounds.Left ? bounds : SKRectI.Empty;
    }
}
