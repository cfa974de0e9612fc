using FaceEdge.Detection;

namespace FaceEdge.Evaluation.Comparison;

/// <summary>Pairs what two models find on one picture: strongest first, each face of A takes the free face of B that it overlaps most.</summary>
internal sealed class PicturePairing
{
    private readonly List<FaceDifference> _differences = [];
    private readonly List<Box> _agreed = [];

    /// <param name="labels">What is known of the picture; null when nothing is.</param>
    /// <param name="a">A's faces, strongest first, those under its threshold too.</param>
    /// <param name="thresholdA">From which a face of A counts.</param>
    /// <param name="b">B's faces.</param>
    /// <param name="thresholdB">From which a face of B counts.</param>
    public PicturePairing(LabelledPicture? labels, ReadOnlySpan<Face> a, float thresholdA, ReadOnlySpan<Face> b, float thresholdB)
    {
        var (countA, countB) = (Counted(a, thresholdA), Counted(b, thresholdB));
        var taken = new bool[countB];
        for (var i = 0; i < countA; i++)
        {
            if (BestFree(b[..countB], taken, a[i].Box, out var overlap) is { } match)
            {
                taken[match] = true;
                _agreed.Add(a[i].Box);
                OverlapSum += overlap;
            }
            else
            {
                _differences.Add(Difference(false, a[i], b, labels));
            }
        }

        for (var i = 0; i < countB; i++)
        {
            if (!taken[i])
            {
                _differences.Add(Difference(true, b[i], a, labels));
            }
        }

        _differences.Sort((x, y) => y.Strength.CompareTo(x.Strength));
    }

    /// <summary>A's boxes of the faces that both find.</summary>
    public IReadOnlyList<Box> Agreed => _agreed;

    /// <summary>Intersections over unions of these with B's, added up.</summary>
    public double OverlapSum { get; }

    /// <summary>Strongest first.</summary>
    public IReadOnlyList<FaceDifference> Differences => _differences;

    private static int Counted(ReadOnlySpan<Face> faces, float threshold)
    {
        var count = 0;
        while (count < faces.Length && faces[count].Score >= threshold)
        {
            count++;
        }

        return count;
    }

    private static int? BestFree(ReadOnlySpan<Face> faces, bool[] taken, in Box box, out float overlap)
    {
        int? best = null;
        overlap = 0;
        for (var i = 0; i < faces.Length; i++)
        {
            if (!taken[i] && faces[i].Box.IntersectionOverUnion(box) is var shared && shared >= DetectionMatcher.LeastOverlap && shared > overlap)
            {
                (best, overlap) = (i, shared);
            }
        }

        return best;
    }

    private static FaceDifference Difference(bool byB, in Face face, ReadOnlySpan<Face> other, LabelledPicture? labels)
    {
        var otherScore = 0f;
        foreach (ref readonly var candidate in other)
        {
            if (candidate.Box.IntersectionOverUnion(face.Box) >= DetectionMatcher.LeastOverlap)
            {
                otherScore = candidate.Score;
                break;
            }
        }

        return new FaceDifference(byB, face.Box, face.Score, Math.Min(otherScore, face.Score), labels is null ? null : IsRight(labels, face.Box));
    }

    private static bool? IsRight(LabelledPicture labels, Box box)
    {
        var there = labels.Faces.Where(face => face.Box.IntersectionOverUnion(box) >= DetectionMatcher.LeastOverlap).ToArray();
        return there is [] ? false : there.Any(face => !face.Ignored) ? true : null;
    }
}
