using FaceEdge.Detection;
using FaceEdge.Evaluation;
using FaceEdge.Evaluation.Comparison;

namespace FaceEdge.Tests.Evaluation.Comparison;

public sealed class PicturePairingTests
{
    [Fact]
    public void Faces_of_both_are_paired_by_overlap_and_the_others_come_strongest_first()
    {
        var pairing = new PicturePairing(null, [At(0, 0.9f), At(100, 0.6f)], 0.5f, [At(200, 0.8f), At(2, 0.7f)], 0.5f);

        Assert.Equal([new Box(0, 0, 20, 20)], pairing.Agreed);
        Assert.Equal(18.0 / 22, pairing.OverlapSum, 3);
        Assert.Equal([(true, 200f), (false, 100f)], pairing.Differences.Select(face => (face.ByB, face.Box.X)));
    }

    [Fact]
    public void A_face_under_the_others_threshold_is_a_weaker_difference_than_one_that_it_does_not_see()
    {
        var pairing = new PicturePairing(null, [At(0, 0.9f), At(100, 0.7f)], 0.5f, [At(0, 0.4f)], 0.5f);

        Assert.Equal([(100f, 0f), (0f, 0.4f)], pairing.Differences.Select(face => (face.Box.X, face.OtherScore)));
    }

    [Fact]
    public void Each_counts_at_its_own_threshold()
        => Assert.Empty(new PicturePairing(null, [At(0, 0.55f)], 0.5f, [At(0, 0.65f), At(100, 0.55f)], 0.6f).Differences);

    [Fact]
    public void Labels_tell_who_is_right_unless_they_are_unsure()
    {
        var labels = new LabelledPicture("a.jpg", 640, 640, [new(new Box(0, 0, 20, 20)), new(new Box(100, 0, 20, 20), Ignored: true)]);

        var pairing = new PicturePairing(labels, [At(0, 0.9f), At(100, 0.8f), At(200, 0.7f)], 0.5f, [], 0.5f);

        Assert.Equal([true, null, false], pairing.Differences.Select(face => face.IsRight));
    }

    private static Face At(float x, float score) => new(new Box(x, 0, 20, 20), score, default);
}
