using System.Numerics;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Evaluation;
using FaceEdge.Models;

namespace FaceEdge.Tests.Evaluation;

public sealed class EyeErrorTests
{
    private static readonly InputShape Half = new(320, 320);

    [Fact]
    public void The_error_is_the_mean_distance_of_both_eyes_per_distance_between_them()
    {
        var tally = new EyeErrorTally(0.5f);

        tally.Add(Picture(Face(100, eyesApart: 40)), [Found(100, eyesApart: 40, rightOff: 6, leftOff: 2)], Half);

        Assert.Equal([new EyeErrorResult("32 to 64 px", 1, 0.1, 0.1), new EyeErrorResult("32 px and more", 1, 0.1, 0.1)], Rounded(tally));
    }

    [Fact]
    public void Faces_are_counted_by_their_height_in_the_input_and_by_yaw_where_it_is_known()
    {
        var tally = new EyeErrorTally(0.5f);

        tally.Add(Picture(Face(60, 30), Face(200, 80, yaw: -20)), [Found(60, 30, 3, 3), Found(200, 80, 0, 16)], Half);

        Assert.Equal(
            [("16 to 32 px", 1), ("64 px and more", 1), ("32 px and more", 1), ("yaw 15 to 30 degrees", 1)],
            tally.Results()!.Select(result => (result.Faces, result.Found)));
    }

    [Theory]
    [InlineData(0.49f, 40, false)]
    [InlineData(0.9f, 15, false)]
    [InlineData(0.9f, 40, true)]
    public void A_face_that_is_not_found_a_profile_and_one_that_is_ignored_have_no_eyes_to_judge(float score, float eyesApart, bool ignored)
    {
        var tally = new EyeErrorTally(0.5f);

        tally.Add(Picture(Face(100, eyesApart) with { Ignored = ignored }), [Found(100, eyesApart, 1, 1) with { Score = score }], Half);

        Assert.Empty(tally.Results() ?? []);
    }

    [Fact]
    public void Labels_without_landmarks_give_no_figures()
    {
        var tally = new EyeErrorTally(0.5f);

        tally.Add(Picture(new LabelledFace(new Box(0, 0, 100, 100))), [Found(100, 40, 1, 1)], Half);

        Assert.Null(tally.Results());
    }

    [Theory]
    [InlineData(0.07, nameof(AccuracyDecision.Passed), "The eyes of faces of 32 px and more are off by 7.0% of the distance between them, within 7.0%.")]
    [InlineData(0.072, nameof(AccuracyDecision.Failed), "The eyes of faces of 32 px and more are off by 7.2% of the distance between them, more than 7.0%.")]
    public void The_gate_holds_the_faces_that_eyes_mode_is_meant_for_to_the_limit(double mean, string decision, string reason)
    {
        var verdict = EyeErrorGate.Judge(Report([new("16 to 32 px", 9, 0.5, 0.9), new("32 px and more", 9, mean, 0.2)]), 0.07);

        Assert.Equal((decision, reason), (verdict.Decision.ToString(), verdict.Reason));
    }

    [Fact]
    public void Without_landmarks_or_without_such_faces_the_gate_does_not_decide()
    {
        Assert.Equal(AccuracyDecision.Undecided, EyeErrorGate.Judge(Report(null), 0.07).Decision);
        Assert.Equal(AccuracyDecision.Undecided, EyeErrorGate.Judge(Report([new("16 to 32 px", 9, 0.01, 0.02)]), 0.07).Decision);
    }

    [Theory]
    [InlineData("Passed", "Failed", "Failed")]
    [InlineData("Failed", "Undecided", "Failed")]
    [InlineData("Passed", "Undecided", "Undecided")]
    [InlineData("Passed", "Passed", "Passed")]
    public void Of_two_verdicts_the_worse_counts(string one, string other, string expected)
    {
        var both = Verdict(one, "One.").And(Verdict(other, "Two."));

        Assert.Equal((expected, "One. Two."), (both.Decision.ToString(), both.Reason));
    }

    private static AccuracyVerdict Verdict(string decision, string reason)
        => new(Enum.Parse<AccuracyDecision>(decision), reason, new Dictionary<string, double>());

    private static EvaluationReport Report(IReadOnlyList<EyeErrorResult>? eyes) => new("tiny", "sha", "labels", 320, 1, [], 1, eyes);

    private static IEnumerable<EyeErrorResult> Rounded(EyeErrorTally tally)
        => tally.Results()!.Select(result => result with { Mean = Math.Round(result.Mean, 6), Percentile90 = Math.Round(result.Percentile90, 6) });

    private static LabelledPicture Picture(params LabelledFace[] faces) => new("a.jpg", 640, 640, faces);

    /// <summary>A face in a square of a place of its own; the model sees it at half its size.</summary>
    private static LabelledFace Face(float side, float eyesApart, float? yaw = null) => new(Box(side), false, Eyes(side, eyesApart, 0, 0), yaw);

    private static Face Found(float side, float eyesApart, float rightOff, float leftOff) => new(Box(side), 0.9f, Eyes(side, eyesApart, rightOff, leftOff));

    private static Box Box(float side) => new(side * 2, side * 2, side, side);

    private static Landmarks Eyes(float side, float apart, float rightOff, float leftOff)
    {
        var eyes = default(Landmarks);
        eyes[Landmarks.RightEye] = new Vector2((side * 2.5f) - (apart / 2) + rightOff, side * 2.4f);
        eyes[Landmarks.LeftEye] = new Vector2((side * 2.5f) + (apart / 2), (side * 2.4f) + leftOff);
        return eyes;
    }
}
