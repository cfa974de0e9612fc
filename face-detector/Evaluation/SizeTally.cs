using FaceEdge.Contracts;
using FaceEdge.Detection;

namespace FaceEdge.Evaluation;

/// <summary>Gathers what a model's predictions on labelled pictures come to over one size class.</summary>
internal sealed class SizeTally
{
    private const double Precision = 0.95;

    private readonly SizeClass _size;
    private readonly List<Judgement> _judgements = [];
    private int _faces;

    public SizeTally(SizeClass size) => _size = size;

    /// <param name="picture">The picture and its faces.</param>
    /// <param name="predictions">Strongest first, down to <see cref="Evaluator.ScoreThreshold"/>.</param>
    public void Add(LabelledPicture picture, ReadOnlySpan<Face> predictions)
        => _faces += DetectionMatcher.Match(picture, predictions, _size, _judgements);

    public SizeClassResult Result()
    {
        var curve = new PrecisionRecall(_judgements, _faces);
        return new SizeClassResult(_size.Name, _faces, curve.AveragePrecision(), curve.RecallAt(Precision));
    }
}
