using FaceEdge.Detection;
using FaceEdge.Evaluation;

namespace FaceEdge.Tests.Evaluation;

public sealed class DetectionMatcherTests
{
    private static readonly LabelledPicture Picture = new("a.jpg", 100, 100, [new(new Box(10, 10, 20, 20)), new(new Box(60, 60, 4, 4))]);

    [Fact]
    public void A_second_box_on_the_same_face_is_wrong()
        => AssertJudged(SizeClass.All, 2, [true, false], new Box(10, 10, 20, 20), new Box(11, 10, 20, 20));

    [Fact]
    public void A_box_that_overlaps_less_than_half_is_wrong()
        => AssertJudged(SizeClass.All, 2, [false], new Box(20, 10, 20, 20));

    [Fact]
    public void A_box_on_a_face_below_the_size_counts_neither_way()
        => AssertJudged(SizeClass.TenPercent, 1, [], new Box(60, 60, 4, 4));

    [Fact]
    public void A_small_box_on_nothing_counts_neither_way_and_a_large_one_is_wrong()
        => AssertJudged(SizeClass.TenPercent, 1, [false], new Box(80, 10, 9, 9), new Box(80, 80, 10, 10));

    [Fact]
    public void A_box_below_the_size_that_matches_a_face_of_the_size_is_right()
    {
        var picture = new LabelledPicture("a.jpg", 100, 100, [new(new Box(10, 10, 10, 10))]);
        var judgements = new List<Judgement>();

        DetectionMatcher.Match(picture, [new Face(new Box(10, 10, 10, 9), 0.9f, default)], SizeClass.TenPercent, judgements);

        Assert.Equal([new Judgement(0.9f, true)], judgements);
    }

    [Fact]
    public void A_face_that_the_labels_are_not_sure_of_counts_neither_way()
    {
        var picture = new LabelledPicture("a.jpg", 100, 100, [new(new Box(10, 10, 20, 20), Ignored: true)]);
        var judgements = new List<Judgement>();

        var faces = DetectionMatcher.Match(picture, [new Face(new Box(11, 10, 20, 20), 0.9f, default)], SizeClass.All, judgements);

        Assert.Equal(0, faces);
        Assert.Empty(judgements);
    }

    [Fact]
    public void A_box_takes_the_face_it_overlaps_most()
    {
        var picture = new LabelledPicture("a.jpg", 100, 100, [new(new Box(10, 10, 20, 20)), new(new Box(14, 10, 20, 20))]);
        var judgements = new List<Judgement>();

        DetectionMatcher.Match(
            picture,
            [new Face(new Box(14, 10, 20, 20), 0.9f, default), new Face(new Box(9, 10, 20, 20), 0.8f, default)],
            SizeClass.All,
            judgements);

        Assert.All(judgements, judgement => Assert.True(judgement.IsCorrect));
    }

    private static void AssertJudged(SizeClass size, int faces, bool[] expected, params Box[] boxes)
    {
        var judgements = new List<Judgement>();
        var predictions = boxes.Select((box, i) => new Face(box, 0.9f - (i * 0.1f), default)).ToArray();

        Assert.Equal(faces, DetectionMatcher.Match(Picture, predictions, size, judgements));
        Assert.Equal(expected, judgements.Select(judgement => judgement.IsCorrect));
    }
}
