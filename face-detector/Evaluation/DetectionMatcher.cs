using FaceEdge.Detection;

namespace FaceEdge.Evaluation;

/// <summary>
/// Decides which predictions of one picture are right: strongest first, each takes the free face it overlaps most, from an
/// intersection over union of .5 up (Everingham et al., The PASCAL Visual Object Classes Challenge, 2010, section 4.2).
/// Faces below the size class, and those that the labels are not sure of, are ignored as COCO does it: a prediction that matches one counts
/// neither way, nor does a prediction that matches nothing and is itself below the size.
/// </summary>
internal static class DetectionMatcher
{
    public const float LeastOverlap = 0.5f;

    /// <param name="labels">The picture and its faces.</param>
    /// <param name="predictions">Strongest first.</param>
    /// <param name="size">Which faces count.</param>
    /// <param name="judgements">Receives those predictions that count.</param>
    /// <returns>How many faces count.</returns>
    public static int Match(LabelledPicture labels, ReadOnlySpan<Face> predictions, SizeClass size, List<Judgement> judgements)
    {
        var least = size.LeastHeight * labels.Height;
        bool Counts(LabelledFace face) => !face.Ignored && face.Box.Height >= least;
        var taken = new bool[labels.Faces.Count];
        foreach (ref readonly var prediction in predictions)
        {
            if (BestFree(labels.Faces, taken, prediction.Box, Counts) is { } match)
            {
                taken[match] = true;
                judgements.Add(new Judgement(prediction.Score, true));
            }
            else if (prediction.Box.Height >= least && BestFree(labels.Faces, taken, prediction.Box, face => !Counts(face)) is null)
            {
                judgements.Add(new Judgement(prediction.Score, false));
            }
        }

        return labels.Faces.Count(Counts);
    }

    private static int? BestFree(IReadOnlyList<LabelledFace> faces, bool[] taken, Box prediction, Predicate<LabelledFace> isMeant)
    {
        int? best = null;
        var most = LeastOverlap;
        for (var i = 0; i < faces.Count; i++)
        {
            if (!taken[i] && isMeant(faces[i]) && faces[i].Box.IntersectionOverUnion(prediction) is var overlap && overlap >= most)
            {
                best = i;
                most = overlap;
            }
        }

        return best;
    }
}
