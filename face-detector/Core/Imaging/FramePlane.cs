namespace FaceEdge.Imaging;

/// <summary>Writable samples of a frame, rows top to bottom: code that works sample by sample works on every plane of every format.</summary>
internal readonly ref struct FramePlane
{
    private FramePlane(Span<byte> samples, int width, int height, int channels, int scale)
    {
        Samples = samples;
        Width = width;
        Height = height;
        Channels = channels;
        Scale = scale;
    }

    /// <summary>All bytes, rows packed.</summary>
    public Span<byte> Samples { get; }

    /// <summary>Places in a row.</summary>
    public int Width { get; }

    public int Height { get; }

    /// <summary>Bytes of each place.</summary>
    public int Channels { get; }

    /// <summary>Pixels of the frame that each place stands for, across and down.</summary>
    public int Scale { get; }

    /// <summary>How many planes a frame has.</summary>
    public static int CountOf(Frame frame) => frame.Layout.IsPlanar ? 3 : 1;

    /// <param name="frame">Kept by the caller while the plane is used.</param>
    /// <param name="index">From 0 to below <see cref="CountOf"/>.</param>
    public static FramePlane Of(Frame frame, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, CountOf(frame));
        var layout = frame.Layout;
        return index == 0
            ? new FramePlane(frame.Pixels[..layout.FirstPlaneBytes], layout.Width, layout.Height, layout.IsPlanar ? 1 : 3, 1)
            : new FramePlane(
                frame.Pixels.Slice(layout.FirstPlaneBytes + ((index - 1) * layout.ChromaBytes), layout.ChromaBytes), layout.ChromaWidth, layout.ChromaHeight, 1, 2);
    }

    /// <summary>The bytes of one row.</summary>
    public Span<byte> Row(int y) => Samples.Slice(y * Width * Channels, Width * Channels);
}
