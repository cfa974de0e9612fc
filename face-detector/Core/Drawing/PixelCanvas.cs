using System.Runtime.CompilerServices;
using FaceEdge.Imaging;

namespace FaceEdge.Drawing;

/// <summary>
/// A writable frame, BGR24 or planes: everything that is painted on it is made of filled rectangles, clipped to its edges. Where a rectangle covers a
/// part of the four pixels of a chroma sample, the sample takes that part of the colour.
/// </summary>
internal readonly ref struct PixelCanvas
{
    /// <summary>Of a row or a column of a chroma sample: it has two, but for the last one of an odd side.</summary>
    private const int Whole = 2;

    /// <summary>The chroma of what has no colour.</summary>
    private const int Grey = 128;

    private readonly Span<byte> _pixels;
    private readonly FrameLayout _layout;

    /// <param name="pixels">As many bytes as the layout says.</param>
    /// <param name="layout">Format and size.</param>
    public PixelCanvas(Span<byte> pixels, FrameLayout layout)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, layout.ByteCount);
        _pixels = pixels;
        _layout = layout;
    }

    public int Width => _layout.Width;

    public int Height => _layout.Height;

    /// <summary>A canvas over the frame's own memory; the caller keeps the frame while it paints, and nobody else looks at it.</summary>
    public static PixelCanvas Over(Frame frame) => new(frame.Pixels, frame.Layout);

    /// <summary>Fills the part of the rectangle that lies on the frame.</summary>
    public void Fill(int left, int top, int right, int bottom, Colour colour)
    {
        if (!Clip(ref left, ref top, ref right, ref bottom))
        {
            return;
        }

        if (_layout.IsPlanar)
        {
            FillPlanes(left, top, right, bottom, colour);
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

    /// <summary>Takes three quarters of the light away, so that white text stands out over any frame.</summary>
    public void Darken(int left, int top, int right, int bottom)
    {
        if (!Clip(ref left, ref top, ref right, ref bottom))
        {
            return;
        }

        var black = _layout.Format == PixelFormat.I420 ? 16 : 0;
        for (var y = top; y < bottom; y++)
        {
            foreach (ref var value in Row(y, left, right))
            {
                value = (byte)(((Math.Max(value, black) - black) >> 2) + black);
            }
        }

        if (_layout.IsPlanar)
        {
            DarkenChroma(left, top, right, bottom);
        }
    }

    private void FillPlanes(int left, int top, int right, int bottom, Colour colour)
    {
        var (luma, cb, cr) = colour.ToYCbCr(_layout.Format == PixelFormat.I420Full);
        for (var y = top; y < bottom; y++)
        {
            Row(y, left, right).Fill(luma);
        }

        for (var y = top / 2; y < (bottom + 1) / 2; y++)
        {
            var rows = Covered(y, top, bottom, Height);
            FillChroma(ChromaRow(0, y), left, right, rows, cb);
            FillChroma(ChromaRow(1, y), left, right, rows, cr);
        }
    }

    private void FillChroma(Span<byte> row, int left, int right, int rows, byte value)
    {
        for (var x = left / 2; x < (right + 1) / 2; x++)
        {
            var quarters = rows * Covered(x, left, right, Width);
            row[x] = (byte)(((row[x] * (4 - quarters)) + (value * quarters) + 2) >> 2);
        }
    }

    /// <summary>Samples that are covered wholly lose their colour too; half a sample of it at the border is not seen.</summary>
    private void DarkenChroma(int left, int top, int right, int bottom)
    {
        var (first, end) = ((left + 1) / 2, right == Width ? _layout.ChromaWidth : right / 2);
        for (var y = (top + 1) / 2; y < (bottom == Height ? _layout.ChromaHeight : bottom / 2); y++)
        {
            for (var x = first; x < end; x++)
            {
                Darken(ref ChromaRow(0, y)[x]);
                Darken(ref ChromaRow(1, y)[x]);
            }
        }

        static void Darken(ref byte sample) => sample = (byte)(((sample - Grey) >> 2) + Grey);
    }

    /// <summary>How much of a chroma sample's two rows or columns lies from start to end; the last sample of an odd side has one, which counts twice.</summary>
    private static int Covered(int sample, int start, int end, int side) =>
        (sample * 2) + 1 == side ? Whole : Math.Min(end, (sample * 2) + 2) - Math.Max(start, sample * 2);

    private bool Clip(ref int left, ref int top, ref int right, ref int bottom)
    {
        left = Math.Max(left, 0);
        top = Math.Max(top, 0);
        right = Math.Min(right, Width);
        bottom = Math.Min(bottom, Height);
        return left < right && top < bottom;
    }

    /// <summary>A part of a row of the first plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Row(int y, int left, int right)
    {
        var bytes = _layout.IsPlanar ? 1 : 3;
        return _pixels.Slice((y * _layout.Stride) + (left * bytes), (right - left) * bytes);
    }

    /// <param name="plane">0 of Cb, 1 of Cr.</param>
    /// <param name="y">Row of the plane.</param>
    private Span<byte> ChromaRow(int plane, int y) =>
        _pixels.Slice(_layout.FirstPlaneBytes + (plane * _layout.ChromaBytes) + (y * _layout.ChromaWidth), _layout.ChromaWidth);
}
