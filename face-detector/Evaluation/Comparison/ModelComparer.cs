using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Models;

namespace FaceEdge.Evaluation.Comparison;

/// <summary>
/// Runs two models over the same pictures. On each picture both detect once, for average precision and for what they agree on; then they
/// take turns against the clock, each at its own threshold.
/// </summary>
internal sealed class ModelComparer
{
    /// <summary>Pictures shown: more than anyone looks through would hide the strongest.</summary>
    public const int MostShown = 20;

    private const int MostFaces = 1024;

    /// <summary>Fewer turns give no interval worth reading; few pictures are taken several times.</summary>
    private const int LeastTurns = 60;

    private readonly FaceDetector _a;
    private readonly FaceDetector _b;
    private readonly float _thresholdA;
    private readonly float _thresholdB;
    private readonly IImagingBackend _imaging;
    private readonly Face[] _facesA = new Face[MostFaces];
    private readonly Face[] _facesB = new Face[MostFaces];
    private readonly Face[] _spare = new Face[MostFaces];
    private readonly SizeTally[] _sizesA = [.. SizeClass.Reported.Select(size => new SizeTally(size))];
    private readonly SizeTally[] _sizesB = [.. SizeClass.Reported.Select(size => new SizeTally(size))];
    private readonly List<(double A, double B)> _turns = [];
    private readonly List<PictureDifference> _differences = [];
    private readonly List<string> _unread = [];
    private int _read;
    private int _labelled;
    private int _side;
    private int _both;
    private int _onlyA;
    private int _onlyB;
    private double _overlap;

    /// <summary>One comparison; the detectors stay the caller's.</summary>
    /// <param name="a">The model in use.</param>
    /// <param name="thresholdA">Confidence score from which a face of it counts.</param>
    /// <param name="b">The one that would take its place.</param>
    /// <param name="thresholdB">The same of that.</param>
    /// <param name="imaging">Decodes the pictures.</param>
    public ModelComparer(FaceDetector a, float thresholdA, FaceDetector b, float thresholdB, IImagingBackend imaging)
    {
        (_a, _thresholdA) = (a, thresholdA);
        (_b, _thresholdB) = (b, thresholdB);
        _imaging = imaging;
    }

    /// <summary>What each picture may be at most.</summary>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <param name="pictures">At least one.</param>
    /// <param name="labelsSha256">Of the file that the pictures' labels are from; null without one.</param>
    /// <param name="progress">Receives the number of pictures done.</param>
    /// <param name="cancellationToken">Stops between two pictures.</param>
    /// <exception cref="EvaluationException">Not one picture could be read.</exception>
    public ComparisonReport Run(IReadOnlyList<PictureToCompare> pictures, string? labelsSha256, IProgress<double> progress, CancellationToken cancellationToken)
    {
        using var pool = new FramePool();
        var rounds = (LeastTurns + pictures.Count - 1) / pictures.Count;
        for (var i = 0; i < pictures.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Compare(pictures[i], rounds, pool);
            progress.Report(i + 1);
        }

        if (_read == 0)
        {
            throw new EvaluationException($"No picture could be read; the first: {_unread[0]}");
        }

        var strongest = _differences.OrderByDescending(picture => picture.Strength).Take(MostShown).ToArray();
        return new ComparisonReport(
            Side(_a, _thresholdA, _both + _onlyA, _sizesA, turn => turn.A),
            Side(_b, _thresholdB, _both + _onlyB, _sizesB, turn => turn.B),
            _side,
            _read,
            _labelled,
            labelsSha256,
            new Agreement(_both, _onlyA, _onlyB, _both == 0 ? 0 : _overlap / _both),
            LatencyRatio.Of(_turns),
            strongest,
            _unread);
    }

    private void Compare(PictureToCompare picture, int rounds, FramePool pool)
    {
        Frame frame;
        try
        {
            frame = PictureReader.Read(_imaging, picture.Path, picture.Labels, Limits, pool);
        }
        catch (EvaluationException exception)
        {
            _unread.Add(exception.Message);
            return;
        }

        using (frame)
        {
            _read++;
            var a = _facesA.AsSpan(0, _a.Detect(frame.View, Evaluator.ScoreThreshold, _facesA, out _));
            var b = _facesB.AsSpan(0, _b.Detect(frame.View, Evaluator.ScoreThreshold, _facesB, out _));
            _side = Math.Max(_side, Math.Max(_a.Input.Width, _a.Input.Height));
            Judge(picture.Labels, a, b);
            Pair(picture, frame, a, b);
            for (var round = 0; round < rounds; round++)
            {
                TakeTurn(frame);
            }
        }
    }

    private void Judge(LabelledPicture? labels, ReadOnlySpan<Face> a, ReadOnlySpan<Face> b)
    {
        if (labels is null)
        {
            return;
        }

        _labelled++;
        foreach (var tally in _sizesA)
        {
            tally.Add(labels, a);
        }

        foreach (var tally in _sizesB)
        {
            tally.Add(labels, b);
        }
    }

    private void Pair(PictureToCompare picture, Frame frame, ReadOnlySpan<Face> a, ReadOnlySpan<Face> b)
    {
        var pairing = new PicturePairing(picture.Labels, a, _thresholdA, b, _thresholdB);
        var byB = pairing.Differences.Count(face => face.ByB);
        _both += pairing.Agreed.Count;
        _onlyA += pairing.Differences.Count - byB;
        _onlyB += byB;
        _overlap += pairing.OverlapSum;
        if (pairing.Differences.Count > 0)
        {
            _differences.Add(new PictureDifference(picture, frame.Width, frame.Height, pairing.Agreed, pairing.Differences));
        }
    }

    private void TakeTurn(Frame frame)
    {
        var first = _turns.Count % 2 == 0;
        var before = first ? Milliseconds(_a, _thresholdA, frame) : 0;
        var b = Milliseconds(_b, _thresholdB, frame);
        _turns.Add((first ? before : Milliseconds(_a, _thresholdA, frame), b));
    }

    private double Milliseconds(FaceDetector detector, float threshold, Frame frame)
    {
        detector.Detect(frame.View, threshold, _spare, out var timings);
        return timings.Total.TotalMilliseconds;
    }

    private ComparedModel Side(FaceDetector detector, float threshold, int faces, SizeTally[] sizes, Func<(double A, double B), double> time)
    {
        ModelDescription model = detector.Model;
        var times = _turns.Select(time).Order().ToArray();
        IReadOnlyList<SizeClassResult>? results = _labelled == 0 ? null : [.. sizes.Select(tally => tally.Result())];
        return new ComparedModel(model.Name, model.Sha256, model.Size, threshold, faces, results, times[times.Length / 2]);
    }
}
