using System.Diagnostics;
using FaceEdge.Imaging;
using FaceEdge.Models;
using Microsoft.ML.OnnxRuntime;

namespace FaceEdge.Detection;

/// <summary>
/// Finds faces in frames with an ONNX model of the YuNet layout. Allocates nothing per frame while their size stays the same.
/// Not thread-safe: one per camera; all may be made of the same <see cref="ModelSession"/>.
/// </summary>
internal sealed class FaceDetector : IDisposable
{
    /// <summary>The strongest boxes that non-maximum suppression looks at; a crowd at input side 640 brings about 600.</summary>
    private const int MaxCandidates = 1024;

    private readonly ModelSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly Face[] _candidates = new Face[MaxCandidates];
    private InferenceBinding _binding;
    private Preprocessor _preprocessor;
    private CandidateQueue _queue;
    private bool _disposed;

    /// <param name="session">With a reference for the detector.</param>
    internal FaceDetector(ModelSession session)
    {
        _session = session;
        var shape = session.UsualShape;
        _binding = session.Bind(shape);
        _queue = new CandidateQueue(shape);
        _preprocessor = new Preprocessor(shape.Width, shape.Height, shape);
    }

    public ModelDescription Model => _session.Model;

    /// <summary>The model's input for the frames seen last.</summary>
    public InputShape Input => _binding.Shape;

    /// <summary>False when the last frame held more faces, or candidates, than could be examined or reported.</summary>
    public bool FoundAll { get; private set; }

    /// <summary>A detector with a session of its own.</summary>
    /// <exception cref="InvalidModelException">The file is corrupt or of another layout.</exception>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    public static FaceDetector Load(ModelFile model, InferenceOptions options)
    {
        using var session = ModelSession.Load(model, options);
        return session.CreateDetector();
    }

    /// <summary>Finds the faces of one frame.</summary>
    /// <param name="frame">Any format and size; a change of size rebuilds the buffers.</param>
    /// <param name="scoreThreshold">Confidence score that counts, 0 to 1.</param>
    /// <param name="faces">Receives the faces, strongest first, boxes in pixels of <paramref name="frame"/>; when it is full the weakest are left out.</param>
    /// <param name="timings">How long each part took.</param>
    /// <returns>How many faces were found and fitted.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is outside 0 to 1 or not a number.</exception>
    public int Detect(in FrameView frame, float scoreThreshold, Span<Face> faces, out DetectTimings timings)
    {
        if (!(scoreThreshold is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(scoreThreshold), scoreThreshold, "A confidence score lies between 0 and 1.");
        }

        if (frame.Width != _preprocessor.FrameWidth || frame.Height != _preprocessor.FrameHeight)
        {
            FitTo(frame.Width, frame.Height);
        }

        var start = Stopwatch.GetTimestamp();
        _preprocessor.Run(frame, _binding.Input);
        var preprocessed = Stopwatch.GetTimestamp();
        Infer();
        var inferred = Stopwatch.GetTimestamp();
        var count = DecodeBoxes(scoreThreshold, faces);
        timings = new DetectTimings(
            Stopwatch.GetElapsedTime(start, preprocessed),
            Stopwatch.GetElapsedTime(preprocessed, inferred),
            Stopwatch.GetElapsedTime(inferred));
        return count;
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _binding.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
    }

    private void Infer() => _session.Run(_runOptions, _binding);

    private void FitTo(int width, int height)
    {
        var shape = _session.ShapeFor(width, height);
        if (shape != _binding.Shape)
        {
            var binding = _session.Bind(shape);
            _binding.Dispose();
            _binding = binding;
            _queue = new CandidateQueue(shape);
        }

        _preprocessor = new Preprocessor(width, height, shape);

        // The bars beside the frame stay black from here on: a run writes only where the frame lies.
        _binding.Input.Clear();
    }

    private int DecodeBoxes(float scoreThreshold, Span<Face> faces)
    {
        _queue.Clear();
        for (var i = 0; i < _binding.GridCount; i++)
        {
            _queue.Add(_binding.Grid(i), i, scoreThreshold);
        }

        var queued = _queue.Sort();
        var candidates = _candidates.AsSpan(0, Math.Min(queued, MaxCandidates));
        var sound = 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            var (grid, cell) = _queue.Strongest(i);
            var face = YuNetDecoder.Decode(_binding.Grid(grid), cell, _preprocessor.Letterbox);
            if (face.IsSound)
            {
                candidates[sound++] = face;
            }
        }

        var kept = NonMaxSuppression.Suppress(candidates[..sound], Model.OverlapThreshold);
        var count = Math.Min(kept, faces.Length);
        FoundAll = queued <= MaxCandidates && sound == candidates.Length && kept <= faces.Length;
        candidates[..count].CopyTo(faces);
        return count;
    }
}
