using FaceEdge.Imaging;

namespace FaceEdge.Detection;

/// <summary>
/// Shrinks frames of one layout to one width, averaging the pixels that each pixel of the result covers. Planes stay planes and get the range of JPEG, so
/// that they are encoded as they are. Not thread-safe: it owns one row of each kind.
/// </summary>
internal sealed class FrameScaler
{
    /// <summary>The vector path reads four floats at a time and may look this far past the last one.</summary>
    private const int RowSlack = 16;

    private readonly Axes _first;
    private readonly Axes _chroma;
    private readonly float[] _row;
    private readonly float[] _resized;

    /// <param name="source">Not narrower than the result.</param>
    /// <param name="width">Of the result; its height keeps the frame's shape.</param>
    public FrameScaler(in FrameLayout source, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(source.Width, width);
        Source = source;
        Target = new FrameLayout(
            source.IsPlanar ? PixelFormat.I420Full : PixelFormat.Bgr24, width, Math.Max(1, (int)Math.Round((double)source.Height * width / source.Width)));
        _first = new Axes(source.Width, source.Height, Target.Width, Target.Height);
        _chroma = new Axes(source.ChromaWidth, source.ChromaHeight, Target.ChromaWidth, Target.ChromaHeight);
        _row = new float[source.Stride + RowSlack];
        _resized = new float[Target.Stride];
    }

    public FrameLayout Source { get; }

    public FrameLayout Target { get; }

    /// <param name="frame">Of the layout given to the constructor.</param>
    /// <param name="target">Of the layout <see cref="Target"/>.</param>
    public void Run(in FrameView frame, Frame target)
    {
        if (VectorRowKernel.IsSupported)
        {
            Run<VectorRowKernel>(frame, target);
        }
        else
        {
            Run<ScalarRowKernel>(frame, target);
        }
    }

    public void Run<TKernel>(in FrameView frame, Frame target)
        where TKernel : IRowKernel
    {
        if (new FrameLayout(frame.Format, frame.Width, frame.Height) != Source || target.Layout != Target)
        {
            throw new ArgumentException($"Made for {Source} into {Target}, called with {frame.Width}x{frame.Height} {frame.Format} into {target.Layout}.");
        }

        var pixels = target.Pixels;
        if (!Source.IsPlanar)
        {
            ResizeColours<TKernel>(frame, pixels);
            return;
        }

        var chroma = pixels[Target.FirstPlaneBytes..];
        ResizePlane<TKernel>(frame.Luma, Source.Width, _first, pixels, Target.Width, Target.Height);
        ResizePlane<TKernel>(frame.Cb, Source.ChromaWidth, _chroma, chroma, Target.ChromaWidth, Target.ChromaHeight);
        ResizePlane<TKernel>(frame.Cr, Source.ChromaWidth, _chroma, chroma[Target.ChromaBytes..], Target.ChromaWidth, Target.ChromaHeight);
        if (Source.Format == PixelFormat.I420)
        {
            LumaRange.Stretch(new FrameView(pixels, Target with { Format = PixelFormat.I420 }), pixels);
        }
    }

    private void ResizeColours<TKernel>(in FrameView frame, Span<byte> pixels)
        where TKernel : IRowKernel
    {
        var blue = _resized.AsSpan(0, Target.Width);
        var green = _resized.AsSpan(Target.Width, Target.Width);
        var red = _resized.AsSpan(2 * Target.Width, Target.Width);
        for (var y = 0; y < Target.Height; y++)
        {
            _first.ResizeVertical<TKernel>(frame.Pixels, frame.Stride, y, _row, Source.Stride);
            TKernel.ResizeHorizontal(_row, _first.Horizontal, blue, green, red);
            TKernel.Interleave(blue, green, red, pixels.Slice(y * Target.Stride, Target.Stride));
        }
    }

    private void ResizePlane<TKernel>(ReadOnlySpan<byte> plane, int stride, in Axes axes, Span<byte> target, int width, int height)
        where TKernel : IRowKernel
    {
        var resized = _resized.AsSpan(0, width);
        for (var y = 0; y < height; y++)
        {
            axes.ResizeVertical<TKernel>(plane, stride, y, _row, stride);
            TKernel.ResizePlane(_row, axes.Horizontal, resized);
            TKernel.Round(resized, target.Slice(y * width, width));
        }
    }

    /// <summary>How a plane is shrunk.</summary>
    private readonly struct Axes(int width, int height, int targetWidth, int targetHeight)
    {
        private readonly ResizeTaps _vertical = ResizeTaps.Create(height, targetHeight);

        public ResizeTaps Horizontal { get; } = ResizeTaps.Create(width, targetWidth);

        /// <summary>Weighs the rows that make one row of the result.</summary>
        public void ResizeVertical<TKernel>(ReadOnlySpan<byte> plane, int stride, int y, Span<float> row, int length)
            where TKernel : IRowKernel
            => TKernel.ResizeVertical(
                plane[(_vertical.Starts[y] * stride)..], stride, _vertical.FixedWeights.AsSpan(y * _vertical.Count, _vertical.Count), row, length);
    }
}
