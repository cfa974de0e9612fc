using CsCheck;
using FaceEdge.Detection;

namespace FaceEdge.Tests.Detection;

public sealed class NonMaxSuppressionTests
{
    private static readonly Gen<Face[]> Faces =
        Gen.Select(Gen.Float[0, 60], Gen.Float[0, 60], Gen.Float[1, 40], Gen.Float[1, 40], Gen.Float[0, 1])
            .Select((x, y, width, height, score) => new Face(new Box(x, y, width, height), score, default))
            .Array[0, 40]
            .Select(faces => faces.OrderByDescending(face => face.Score).ToArray());

    [Fact]
    public void It_keeps_what_the_naive_twin_keeps()
        => Gen.Select(Faces, Gen.Float[0, 1]).Sample((faces, threshold) =>
        {
            var expected = Naive(faces, threshold);

            var kept = NonMaxSuppression.Suppress(faces, threshold);

            Assert.Equal(expected, faces[..kept]);
        });

    [Fact]
    public void Of_two_that_overlap_the_stronger_stays_and_what_only_touches_stays_too()
    {
        Face[] faces =
        [
            new(new Box(0, 0, 10, 10), 0.9f, default),
            new(new Box(1, 0, 10, 10), 0.8f, default),
            new(new Box(11, 0, 10, 10), 0.7f, default),
        ];

        Assert.Equal(2, NonMaxSuppression.Suppress(faces, 0.45f));
        Assert.Equal([0.9f, 0.7f], faces[..2].Select(face => face.Score));
    }

    /// <summary>The textbook: take the strongest, strike out all that overlap it, repeat.</summary>
    private static List<Face> Naive(Face[] faces, float threshold)
    {
        var left = faces.ToList();
        var kept = new List<Face>();
        while (left.Count > 0)
        {
            var best = left[0];
            kept.Add(best);
            left.RemoveAt(0);
            left.RemoveAll(face => best.Box.IntersectionOverUnion(face.Box) > threshold);
        }

        return kept;
    }
}
