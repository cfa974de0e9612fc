namespace FaceEdge.Imaging;

/// <summary>A borrowed look at BGR24 pixels: three bytes a pixel in the order blue, green, red, rows top to bottom.</summary>
internal readonly ref struct FrameView
{
    /// <param name="pixels">At least <paramref name="stride"/> × (<paramref name="height"/> − 1) + 3 × <paramref name="width"/> bytes.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="stride">Bytes from one row to the next, at least 3 × <paramref name="width"/>.</param>
    /// <exception cref="ArgumentException">The pixels do not hold that many rows.</exception>
    public FrameView(ReadOnlySpan<byte> pixels, int width, int height, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, width * 3);
        if (pixels.Length < ((long)stride * (height - 1)) + (width * 3))
        {
            throw new ArgumentException($"{pixels.Length} bytes are too few for {width}x{height} BGR24 at stride {stride}.", nameof(pixels));
        }

        Pixels = pixels;
        Width = width;
        Height = height;
        Stride = stride;
    }

    public ReadOnlySpan<byte> Pixels { get; }

    public int Width { get; }

    public int Height { get; }

    public int Stride { get; }

    /// <summary>The bytes of one row, 3 × <see cref="Width"/> of them.</summary>
    public ReadOnlySpan<byte> Row(int y) => Pixels.Slice(y * Stride, Width * 3);
}
