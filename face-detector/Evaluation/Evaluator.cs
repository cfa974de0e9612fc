using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Imaging;

namespace FaceEdge.Evaluation;

/// <summary>Runs a detector over labelled pictures.</summary>
internal sealed class Evaluator
{
    /// <summary>Low enough that the curve of precision over recall has its tail; the authors of YuNet evaluate at the same.</summary>
    public const float ScoreThreshold = 0.02f;

    private const int MostFaces = 1024;

    private readonly FaceDetector _detector;
    private readonly IImagingBackend _imaging;

    public Evaluator(FaceDetector detector, IImagingBackend imaging)
    {
        _detector = detector;
        _imaging = imaging;
    }

    /// <summary>What each picture may be at most.</summary>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <param name="folder">Holds the pictures.</param>
    /// <param name="labels">Names them.</param>
    /// <param name="progress">Receives the number of pictures done; may be null.</param>
    /// <param name="cancellationToken">Stops between two pictures.</param>
    /// <exception cref="EvaluationException">A picture is missing, broken, or not of the size that the labels give.</exception>
    public EvaluationReport Run(string folder, LabelFile labels, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        using var pool = new FramePool();
        var faces = new Face[MostFaces];
        var tallies = SizeClass.Reported.Select(size => new SizeTally(size)).ToArray();
        var eyes = new EyeErrorTally(_detector.Model.ScoreThreshold);
        var milliseconds = new List<double>();
        var side = 0;
        foreach (var picture in labels.Pictures)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var frame = PictureReader.Read(_imaging, Path.Combine(folder, picture.File), picture, Limits, pool);
            var count = _detector.Detect(frame.View, ScoreThreshold, faces, out var timings);
            side = Math.Max(side, Math.Max(_detector.Input.Width, _detector.Input.Height));
            milliseconds.Add(timings.Total.TotalMilliseconds);
            eyes.Add(picture, faces.AsSpan(0, count), _detector.Input);
            foreach (var tally in tallies)
            {
                tally.Add(picture, faces.AsSpan(0, count));
            }

            progress?.Report(milliseconds.Count);
        }

        milliseconds.Sort();
        return new EvaluationReport(
            _detector.Model.Name,
            _detector.Model.Sha256,
            labels.Sha256,
            side,
            labels.Pictures.Count,
            [.. tallies.Select(tally => tally.Result())],
            milliseconds[milliseconds.Count / 2],
            eyes.Results());
    }
}
