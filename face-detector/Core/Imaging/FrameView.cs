namespace FaceEdge.Imaging;

/// <summary>A borrowed view of a frame's pixels, rows top to bottom.</summary>
internal readonly ref struct FrameView
{
    private readonly FrameLayout _layout;

    /// <summary>BGR24 with room between its rows.</summary>
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
        Stride = stride;
        _layout = new FrameLayout(PixelFormat.Bgr24, width, height);
    }

    /// <summary>Any format, rows packed.</summary>
    /// <exception cref="ArgumentException">The pixels are not as many as the layout says.</exception>
    public FrameView(ReadOnlySpan<byte> pixels, FrameLayout layout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layout.Width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(layout.Height, 1);
        if (pixels.Length != layout.ByteCount)
        {
            throw new ArgumentException($"{pixels.Length} bytes are not {layout.Width}x{layout.Height} {layout.Format}.", nameof(pixels));
        }

        Pixels = pixels;
        Stride = layout.Stride;
        _layout = layout;
    }

    /// <summary>All bytes.</summary>
    public ReadOnlySpan<byte> Pixels { get; }

    public PixelFormat Format => _layout.Format;

    public bool IsPlanar => _layout.IsPlanar;

    public int Width => _layout.Width;

    public int Height => _layout.Height;

    /// <summary>Bytes from one row of the first plane to the next.</summary>
    public int Stride { get; }

    /// <summary>Samples in a row of <see cref="Cb"/> and <see cref="Cr"/>.</summary>
    public int ChromaWidth => _layout.ChromaWidth;

    /// <summary>Rows of <see cref="Cb"/> and <see cref="Cr"/>.</summary>
    public int ChromaHeight => _layout.ChromaHeight;

    /// <summary>The plane of luma; of planar formats only, as the two of chroma.</summary>
    public ReadOnlySpan<byte> Luma => Pixels[.._layout.FirstPlaneBytes];

    public ReadOnlySpan<byte> Cb => Pixels.Slice(_layout.FirstPlaneBytes, _layout.ChromaBytes);

    public ReadOnlySpan<byte> Cr => Pixels.Slice(_layout.FirstPlaneBytes + _layout.ChromaBytes, _layout.ChromaBytes);

    /// <summary>The pixels of one row of the first plane.</summary>
    public ReadOnlySpan<byte> Row(int y) => Pixels.Slice(y * Stride, _layout.Stride);
}
