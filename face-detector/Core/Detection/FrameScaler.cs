using FaceEdge.Imaging;

namespace FaceEdge.Detection;

/// <summary>
/// Shrinks pictures of one layout to one width, averaging the pixels that each pixel of the result covers. Planes stay planes and get the range of JPEG, so
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

    /// <param name="picture">Not narrower than the result.</param>
    /// <param name="width">Of the result; its height keeps the picture's shape.</param>
    public FrameScaler(in FrameLayout picture, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(picture.Width, width);
        Picture = picture;
        Target = new FrameLayout(
            picture.IsPlanar ? PixelFormat.I420Full : PixelFormat.Bgr24, width, Math.Max(1, (int)Math.Round((double)picture.Height * width / picture.Width)));
        _first = new Axes(picture.Width, picture.Height, Target.Width, Target.Height);
        _chroma = new Axes(picture.ChromaWidth, picture.ChromaHeight, Target.ChromaWidth, Target.ChromaHeight);
        _row = new float[picture.Stride + RowSlack];
        _resized = new float[Target.Stride];
    }

    public FrameLayout Picture { get; }

    public FrameLayout Target { get; }

    /// <param name="picture">Of the layout given to the constructor.</param>
    /// <param name="target">Of the layout <see cref="Target"/>.</param>
    public void Run(in FrameView picture, Frame target)
    {
        if (VectorRowKernel.IsSupported)
        {
            Run<VectorRowKernel>(picture, target);
        }
        else
        {
            Run<ScalarRowKernel>(picture, target);
        }
    }

    public void Run<TKernel>(in FrameView picture, Frame target)
        where TKernel : IRowKernel
    {
        if (new FrameLayout(picture.Format, picture.Width, picture.Height) != Picture || target.Layout != Target)
        {
            throw new ArgumentException($"Made for {Picture} into {Target}, called with {picture.Width}x{picture.Height} {picture.Format} into {target.Layout}.");
        }

        var pixels = target.Pixels;
        if (!Picture.IsPlanar)
        {
            ShrinkColours<TKernel>(picture, pixels);
            return;
        }

        var chroma = pixels[Target.FirstPlaneBytes..];
        ShrinkPlane<TKernel>(picture.Luma, Picture.Width, _first, pixels, Target.Width, Target.Height);
        ShrinkPlane<TKernel>(picture.Cb, Picture.ChromaWidth, _chroma, chroma, Target.ChromaWidth, Target.ChromaHeight);
        ShrinkPlane<TKernel>(picture.Cr, Picture.ChromaWidth, _chroma, chroma[Target.ChromaBytes..], Target.ChromaWidth, Target.ChromaHeight);
        if (Picture.Format == PixelFormat.I420)
        {
            LumaRange.Stretch(new FrameView(pixels, Target with { Format = PixelFormat.I420 }), pixels);
        }
    }

    private void ShrinkColours<TKernel>(in FrameView picture, Span<byte> pixels)
        where TKernel : IRowKernel
    {
        var blue = _resized.AsSpan(0, Target.Width);
        var green = _resized.AsSpan(Target.Width, Target.Width);
        var red = _resized.AsSpan(2 * Target.Width, Target.Width);
        for (var y = 0; y < Target.Height; y++)
        {
            _first.ResizeVertical<TKernel>(picture.Pixels, picture.Stride, y, _row, Picture.Stride);
            TKernel.ResizeHorizontal(_row, _first.Horizontal, blue, green, red);
            TKernel.Interleave(blue, green, red, pixels.Slice(y * Target.Stride, Target.Stride));
        }
    }

    private void ShrinkPlane<TKernel>(ReadOnlySpan<byte> plane, int stride, in Axes axes, Span<byte> target, int width, int height)
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
