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

    /// <param name="folder">Holds the pictures.</param>
    /// <param name="labels">Names them.</param>
    /// <param name="progress">Receives the number of pictures done; may be null.</param>
    /// <param name="cancellationToken">Stops between two pictures.</param>
    /// <exception cref="EvaluationException">A picture is missing, broken, or not of the size that the labels give.</exception>
    public EvaluationReport Run(string folder, LabelFile labels, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        using var pool = new FramePool();
        var faces = new Face[MostFaces];
        var tallies = SizeClass.Reported.Select(size => new Tally(size)).ToArray();
        var milliseconds = new List<double>();
        var side = 0;
        foreach (var picture in labels.Pictures)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var frame = Read(folder, picture, pool);
            var count = _detector.Detect(frame.View, ScoreThreshold, faces, out var timings);
            side = Math.Max(side, Math.Max(_detector.Input.Width, _detector.Input.Height));
            milliseconds.Add(timings.Total.TotalMilliseconds);
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
            milliseconds[milliseconds.Count / 2]);
    }

    private Frame Read(string folder, LabelledPicture picture, FramePool pool)
    {
        var path = Path.Combine(folder, picture.File);
        Frame frame;
        try
        {
            frame = _imaging.Decode(File.ReadAllBytes(path), ImageLimits.Default, pool);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidImageException)
        {
            throw new EvaluationException($"{path} cannot be read: {exception.Message}", exception);
        }

        if (frame.Width == picture.Width && frame.Height == picture.Height)
        {
            return frame;
        }

        using (frame)
        {
            throw new EvaluationException($"{path} is {frame.Width}x{frame.Height}; its labels are for {picture.Width}x{picture.Height}.");
        }
    }

    private sealed class Tally(SizeClass size)
    {
        private const double Precision = 0.95;

        private readonly List<Judgement> _judgements = [];
        private int _faces;

        public void Add(LabelledPicture picture, ReadOnlySpan<Face> predictions)
            => _faces += DetectionMatcher.Match(picture, predictions, size, _judgements);

        public SizeClassResult Result()
        {
            var curve = new PrecisionRecall(_judgements, _faces);
            return new SizeClassResult(size.Name, _faces, curve.AveragePrecision(), curve.RecallAt(Precision));
        }
    }
}
