using FaceEdge.Imaging;
using FaceEdge.Models;

namespace FaceEdge.Detection;

/// <summary>
/// <see cref="Preprocessor"/> for frames of three planes: resizes luma and chroma, each from its own size, and makes colours of what is left. As converting is
/// linear, that gives what converting the whole frame first would give, but for rounding and for colours that no screen shows.
/// </summary>
internal sealed class PlanePreprocessor
{
    private readonly InputShape _input;
    private readonly Letterbox _letterbox;
    private readonly Axes _luma;
    private readonly Axes _chroma;
    private readonly float[] _row;
    private readonly float[] _resized;

    public PlanePreprocessor(int frameWidth, int frameHeight, InputShape input, Letterbox letterbox)
    {
        _input = input;
        _letterbox = letterbox;
        _luma = new Axes(frameWidth, ResizeTaps.Create(frameWidth, letterbox.Width), ResizeTaps.Create(frameHeight, letterbox.Height));
        _chroma = new Axes((frameWidth + 1) / 2, ResizeTaps.CreateForChroma(frameWidth, letterbox.Width), ResizeTaps.CreateForChroma(frameHeight, letterbox.Height));
        _row = new float[frameWidth + Preprocessor.RowSlack];
        _resized = new float[letterbox.Width * 3];
    }

    /// <summary>Fills the part of the planes that the frame covers; the rest is left as it is.</summary>
    public void Run<TKernel>(in FrameView frame, Span<float> planes)
        where TKernel : IRowKernel
    {
        var matrix = ColourMatrix.Of(frame.Format);
        var plane = _input.Width * _input.Height;
        var width = _letterbox.Width;
        var luma = _resized.AsSpan(0, width);
        var cb = _resized.AsSpan(width, width);
        var cr = _resized.AsSpan(2 * width, width);
        for (var y = 0; y < _letterbox.Height; y++)
        {
            Resize<TKernel>(frame.Luma, frame.Width, _luma, y, luma);
            Resize<TKernel>(frame.Cb, frame.ChromaWidth, _chroma, y, cb);
            Resize<TKernel>(frame.Cr, frame.ChromaWidth, _chroma, y, cr);
            var offset = y * _input.Width;
            TKernel.MixColours(
                luma, cb, cr, matrix, planes.Slice(offset, width), planes.Slice(plane + offset, width), planes.Slice((2 * plane) + offset, width));
        }
    }

    private void Resize<TKernel>(ReadOnlySpan<byte> samples, int stride, in Axes axes, int y, Span<float> resized)
        where TKernel : IRowKernel
    {
        var vertical = axes.Vertical;
        var rows = samples[(vertical.Starts[y] * stride)..];
        if (axes.Square > 0)
        {
            TKernel.AverageSquares(rows, stride, axes.Square, resized);
            return;
        }

        if (axes.AveragesRows)
        {
            TKernel.Average(rows, stride, vertical.Count, _row, stride);
        }
        else
        {
            TKernel.ResizeVertical(rows, stride, vertical.FixedWeights.AsSpan(y * vertical.Count, vertical.Count), _row, stride);
        }

        TKernel.ResizePlane(_row, axes.Horizontal, resized);
    }

    /// <summary>How a plane is resized.</summary>
    private readonly struct Axes(int width, ResizeTaps horizontal, ResizeTaps vertical)
    {
        public ResizeTaps Horizontal { get; } = horizontal;

        public ResizeTaps Vertical { get; } = vertical;

        public bool AveragesRows { get; } = Preprocessor.Averages(vertical);

        /// <summary>The side of the squares that are averaged, 2 or 4: 1280 to 320, and its chroma; 0 for other ratios.</summary>
        public int Square { get; } = (horizontal, vertical) is ({ IsUniform: true, Count: 2 or 4 }, { IsUniform: true }) && horizontal.Count == vertical.Count
            && horizontal.Starts.Length * horizontal.Count == width
                ? horizontal.Count
                : 0;
    }
}
