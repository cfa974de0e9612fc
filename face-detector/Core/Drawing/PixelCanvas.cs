using System.Runtime.CompilerServices;

namespace FaceEdge.Drawing;

/// <summary>A writable BGR24 picture: everything that is painted on it is made of filled rectangles, clipped to its edges.</summary>
internal readonly ref struct PixelCanvas
{
    private readonly Span<byte> _pixels;
    private readonly int _stride;

    /// <param name="pixels">At least <paramref name="stride"/> × <paramref name="height"/> bytes.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from one row to the next, at least 3 × <paramref name="width"/>.</param>
    public PixelCanvas(Span<byte> pixels, int width, int height, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, width * 3);
        ArgumentOutOfRangeException.ThrowIfLessThan(pixels.Length, ((long)stride * (height - 1)) + (width * 3));
        _pixels = pixels;
        _stride = stride;
        Width = width;
        Height = height;
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Fills the part of the rectangle that lies on the picture.</summary>
    public void Fill(int left, int top, int right, int bottom, Colour colour)
    {
        if (!Clip(ref left, ref top, ref right, ref bottom))
        {
            return;
        }

        var first = Row(top, left, right);
        for (var i = 0; i < first.Length; i += 3)
        {
            first[i] = colour.Blue;
            first[i + 1] = colour.Green;
            first[i + 2] = colour.Red;
        }

        for (var y = top + 1; y < bottom; y++)
        {
            first.CopyTo(Row(y, left, right));
        }
    }

    /// <summary>Takes three quarters of the light away, so that white text stands out over any picture.</summary>
    public void Darken(int left, int top, int right, int bottom)
    {
        if (!Clip(ref left, ref top, ref right, ref bottom))
        {
            return;
        }

        for (var y = top; y < bottom; y++)
        {
            foreach (ref var value in Row(y, left, right))
            {
                value = (byte)(value >> 2);
            }
        }
    }

    private bool Clip(ref int left, ref int top, ref int right, ref int bottom)
    {
        left = Math.Max(left, 0);
        top = Math.Max(top, 0);
        right = Math.Min(right, Width);
        bottom = Math.Min(bottom, Height);
        return left < right && top < bottom;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Row(int y, int left, int right) => _pixels.Slice((y * _stride) + (left * 3), (right - left) * 3);
}
