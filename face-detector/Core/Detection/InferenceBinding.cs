using System.Runtime.InteropServices;
using FaceEdge.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FaceEdge.Detection;

/// <summary>
/// The model's input and outputs for one input shape, in native memory of our own, bound once: a run copies nothing in or out and
/// allocates nothing.
/// </summary>
internal sealed unsafe class InferenceBinding : IDisposable
{
    private const nuint Alignment = 64;

    private readonly OrtIoBinding _binding;
    private readonly List<OrtValue> _values = [];
    private readonly List<nint> _buffers = [];
    private readonly float* _input;
    private readonly GridBuffers[] _grids;

    public InferenceBinding(InferenceSession session, InputShape shape)
    {
        Shape = shape;
        _binding = session.CreateIoBinding();
        _grids = new GridBuffers[YuNetLayout.Strides.Length];
        try
        {
            var name = session.InputMetadata.Keys.Single();
            _input = Bind(shape.Width * shape.Height * 3, [1, 3, shape.Height, shape.Width], value => _binding.BindInput(name, value));
            for (var i = 0; i < _grids.Length; i++)
            {
                _grids[i] = BindGrid(YuNetLayout.Strides[i]);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public InputShape Shape { get; }

    /// <summary>Blue, green and red plane; black to begin with.</summary>
    public Span<float> Input => new(_input, Shape.Width * Shape.Height * 3);

    public OrtIoBinding Values => _binding;

    public int GridCount => _grids.Length;

    /// <summary>The outputs of one stride, valid until the next run.</summary>
    public YuNetGrid Grid(int index)
    {
        ref readonly var grid = ref _grids[index];
        return new YuNetGrid(
            grid.Stride,
            grid.Columns,
            new ReadOnlySpan<float>(grid.ClassScores, grid.Cells),
            new ReadOnlySpan<float>(grid.ObjectScores, grid.Cells),
            new ReadOnlySpan<float>(grid.Boxes, grid.Cells * YuNetGrid.BoxLength),
            new ReadOnlySpan<float>(grid.Landmarks, grid.Cells * YuNetGrid.LandmarksLength));
    }

    public void Dispose()
    {
        _binding.Dispose();
        foreach (var value in _values)
        {
            value.Dispose();
        }

        foreach (var buffer in _buffers)
        {
            NativeMemory.AlignedFree((void*)buffer);
        }

        _values.Clear();
        _buffers.Clear();
    }

    private GridBuffers BindGrid(int stride)
    {
        var columns = Shape.Width / stride;
        var cells = columns * (Shape.Height / stride);
        return new GridBuffers(
            stride,
            columns,
            cells,
            Output(YuNetLayout.ClassScores, 1),
            Output(YuNetLayout.ObjectScores, 1),
            Output(YuNetLayout.Boxes, YuNetGrid.BoxLength),
            Output(YuNetLayout.Landmarks, YuNetGrid.LandmarksLength));

        float* Output(string kind, int length)
            => Bind(cells * length, [1, cells, length], value => _binding.BindOutput(YuNetLayout.OutputName(kind, stride), value));
    }

    private float* Bind(int count, long[] dimensions, Action<OrtValue> bind)
    {
        var bytes = (nuint)count * sizeof(float);
        var buffer = (float*)NativeMemory.AlignedAlloc(bytes, Alignment);
        _buffers.Add((nint)buffer);
        NativeMemory.Clear(buffer, bytes);
        var value = OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, TensorElementType.Float, dimensions, (nint)buffer, (long)bytes);
        _values.Add(value);
        bind(value);
        return buffer;
    }

    private readonly struct GridBuffers(int stride, int columns, int cells, float* classScores, float* objectScores, float* boxes, float* landmarks)
    {
        public int Stride { get; } = stride;

        public int Columns { get; } = columns;

        public int Cells { get; } = cells;

        public float* ClassScores { get; } = classScores;

        public float* ObjectScores { get; } = objectScores;

        public float* Boxes { get; } = boxes;

        public float* Landmarks { get; } = landmarks;
    }
}
