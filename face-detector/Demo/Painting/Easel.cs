using System.Runtime.InteropServices;
using SkiaSharp;

namespace FaceEdge.Demo.Painting;

/// <summary>A frame in the making: BGRA, opaque, painted by Skia and by <see cref="SpriteBlitter"/> in turn.</summary>
internal sealed class Easel : IDisposable
{
    public Easel(int width, int height)
    {
        Bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        Canvas = new SKCanvas(Bitmap);
    }

    public SKBitmap Bitmap { get; }

    /// <summary>One unit to the pixel. Paints at once, so what it painted is there for the blitter.</summary>
    public SKCanvas Canvas { get; }

    /// <summary>Rows top to bottom, packed.</summary>
    public Span<uint> Pixels => MemoryMarshal.Cast<byte, uint>(Bitmap.GetPixelSpan());

    public void Dispose()
    {
        Canvas.Dispose();
        Bitmap.Dispose();
    }
}
