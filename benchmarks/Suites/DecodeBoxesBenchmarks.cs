using BenchmarkDotNet.Attributes;
using FaceEdge.Detection;
using FaceEdge.Models;

namespace FaceEdge.Benchmarks.Suites;

/// <summary>Model outputs to faces: candidates found, sorted, decoded and suppressed, from an empty hall to a full stand.</summary>
public class DecodeBoxesBenchmarks
{
    private const int Seed = 7;
    private const float ScoreThreshold = 0.6f;
    private const float OverlapThreshold = 0.45f;
    private const int Side = 640;

    private static readonly InputShape Shape = new(Side, Side);
    private static readonly Letterbox Letterbox = Letterbox.Fit(1280, 720, Shape);

    private readonly float[][] _classes = new float[YuNetLayout.Strides.Length][];
    private readonly float[][] _objects = new float[YuNetLayout.Strides.Length][];
    private readonly float[][] _boxes = new float[YuNetLayout.Strides.Length][];
    private readonly float[][] _landmarks = new float[YuNetLayout.Strides.Length][];
    private readonly Face[] _faces = new Face[1024];
    private CandidateQueue _queue = null!;

    [Params(0, 30, 600)]
    public int Candidates { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(Seed);
        _queue = new CandidateQueue(Shape);
        for (var grid = 0; grid < _classes.Length; grid++)
        {
            var cells = Side / YuNetLayout.Strides[grid] * (Side / YuNetLayout.Strides[grid]);
            _classes[grid] = new float[cells];
            _objects[grid] = new float[cells];
            _boxes[grid] = new float[cells * YuNetGrid.BoxLength];
            _landmarks[grid] = new float[cells * YuNetGrid.LandmarksLength];
        }

        for (var i = 0; i < Candidates; i++)
        {
            var cell = random.Next(_classes[0].Length);
            _classes[0][cell] = 0.8f + (0.2f * random.NextSingle());
            _objects[0][cell] = 0.8f + (0.2f * random.NextSingle());
            _boxes[0][(cell * YuNetGrid.BoxLength) + 2] = 1 + random.NextSingle();
            _boxes[0][(cell * YuNetGrid.BoxLength) + 3] = 1 + random.NextSingle();
        }
    }

    [Benchmark]
    public int DecodeAndSuppress()
    {
        _queue.Clear();
        for (var grid = 0; grid < _classes.Length; grid++)
        {
            _queue.Add(Grid(grid), grid, ScoreThreshold);
        }

        var candidates = _faces.AsSpan(0, Math.Min(_queue.Sort(), _faces.Length));
        for (var i = 0; i < candidates.Length; i++)
        {
            var (grid, cell) = _queue.Strongest(i);
            candidates[i] = YuNetDecoder.Decode(Grid(grid), cell, Letterbox);
        }

        return NonMaxSuppression.Suppress(candidates, OverlapThreshold);
    }

    private YuNetGrid Grid(int index)
    {
        var stride = YuNetLayout.Strides[index];
        return new YuNetGrid(stride, Side / stride, _classes[index], _objects[index], _boxes[index], _landmarks[index]);
    }
}
