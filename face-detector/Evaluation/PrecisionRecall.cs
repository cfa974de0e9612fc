namespace FaceEdge.Evaluation;

/// <summary>Precision over recall of a ranked list of predictions, and the figures taken from it.</summary>
internal sealed class PrecisionRecall
{
    private readonly double[] _precision;
    private readonly double[] _recall;

    /// <param name="judgements">Of all pictures, in any order; put in order of score here.</param>
    /// <param name="faces">How many faces there were to find.</param>
    public PrecisionRecall(List<Judgement> judgements, int faces)
    {
        judgements.Sort((a, b) => b.Score.CompareTo(a.Score));
        _precision = new double[judgements.Count];
        _recall = new double[judgements.Count];
        var correct = 0;
        for (var i = 0; i < judgements.Count; i++)
        {
            correct += judgements[i].IsCorrect ? 1 : 0;
            _precision[i] = (double)correct / (i + 1);
            _recall[i] = faces == 0 ? 0 : (double)correct / faces;
        }
    }

    /// <summary>
    /// Average precision, 0 to 1: the area under the curve after precision is made to fall with recall (Everingham et al., 2010, the
    /// rule since VOC2010). 0 when there was nothing to find.
    /// </summary>
    public double AveragePrecision()
    {
        var area = 0.0;
        var best = 0.0;
        for (var i = _precision.Length - 1; i >= 0; i--)
        {
            best = Math.Max(best, _precision[i]);
            area += best * (_recall[i] - (i > 0 ? _recall[i - 1] : 0));
        }

        return area;
    }

    /// <summary>The largest recall at which precision is at least <paramref name="precision"/>; 0 when it never is.</summary>
    public double RecallAt(double precision)
    {
        for (var i = _precision.Length - 1; i >= 0; i--)
        {
            if (_precision[i] >= precision)
            {
                return _recall[i];
            }
        }

        return 0;
    }
}
