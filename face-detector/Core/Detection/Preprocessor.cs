using FaceEdge.Imaging;
using FaceEdge.Models;

namespace FaceEdge.Detection;

/// <summary>
/// One pass from the camera's bytes to the model's input: resize, letterbox, and BGR bytes or planes of 4:2:0 to three planes of float32, 0 to 255.
/// A row of the result is made from its source rows while they are in the cache; nothing in between is written back to memory.
/// </summary>
/// <remarks>
/// Per row of the result: <see cref="IRowKernel.ResizeVertical"/> or
/// <see cref="IRowKernel.Average"/> weighs the source rows into one row of interleaved floats, then
/// <see cref="IRowKernel.ResizeHorizontal"/> weighs neighbouring pixels of it and separates the colours. Not thread-safe: it owns that one row.
/// </remarks>
internal sealed class Preprocessor
{
    /// <summary>The vector path reads pixels four floats at a time and may look this far past the last one.</summary>
    internal const int RowSlack = 16;

    /// <summary>How many times 255 fits an unsigned 16-bit sum.</summary>
    private const int MostAveraged = ushort.MaxValue / byte.MaxValue;

    private readonly float[] _row;
    private readonly ResizeTaps _horizontal;
    private readonly ResizeTaps _vertical;
    private readonly bool _averagesRows;
    private PlanePreprocessor? _planes;

    public Preprocessor(int frameWidth, int frameHeight, InputShape input)
    {
        FrameWidth = frameWidth;
        FrameHeight = frameHeight;
        Input = input;
        Letterbox = Letterbox.Fit(frameWidth, frameHeight, input);
        _horizontal = ResizeTaps.Create(frameWidth, Letterbox.Width);
        _vertical = ResizeTaps.Create(frameHeight, Letterbox.Height);
        _averagesRows = Averages(_vertical);
        _row = new float[(frameWidth * 3) + RowSlack];
    }

    public int FrameWidth { get; }

    public int FrameHeight { get; }

    public InputShape Input { get; }

    public Letterbox Letterbox { get; }

    /// <summary>Fills the part of the planes that the frame covers; the rest is left as it is.</summary>
    /// <param name="frame">Of the size given to the constructor.</param>
    /// <param name="planes">Blue, green and red plane of the input shape, one after the other.</param>
    public void Run(in FrameView frame, Span<float> planes)
    {
        if (VectorRowKernel.IsSupported)
        {
            Run<VectorRowKernel>(frame, planes);
        }
        else
        {
            Run<ScalarRowKernel>(frame, planes);
        }
    }

    public void Run<TKernel>(in FrameView frame, Span<float> planes)
        where TKernel : IRowKernel
    {
        var plane = Input.Width * Input.Height;
        if (frame.Width != FrameWidth || frame.Height != FrameHeight || planes.Length != plane * 3)
        {
            throw new ArgumentException(
                $"Made for {FrameWidth}x{FrameHeight} into {plane * 3} floats, called with {frame.Width}x{frame.Height} into {planes.Length}.");
        }

        if (frame.IsPlanar)
        {
            _planes ??= new PlanePreprocessor(FrameWidth, FrameHeight, Input, Letterbox);
            _planes.Run<TKernel>(frame, planes);
            return;
        }

        for (var y = 0; y < Letterbox.Height; y++)
        {
            var rows = frame.Pixels[(_vertical.Starts[y] * frame.Stride)..];
            if (_averagesRows)
            {
                TKernel.Average(rows, frame.Stride, _vertical.Count, _row, frame.Width * 3);
            }
            else
            {
                TKernel.ResizeVertical(rows, frame.Stride, _vertical.FixedWeights.AsSpan(y * _vertical.Count, _vertical.Count), _row, frame.Width * 3);
            }

            var offset = y * Input.Width;
            TKernel.ResizeHorizontal(
                _row,
                _horizontal,
                planes.Slice(offset, Letterbox.Width),
                planes.Slice(plane + offset, Letterbox.Width),
                planes.Slice((2 * plane) + offset, Letterbox.Width));
        }
    }

    /// <summary>Whether all rows have the same weight, so that their sum is weighed once.</summary>
    internal static bool Averages(ResizeTaps vertical) => vertical.IsUniform && vertical.Count <= MostAveraged;
}
