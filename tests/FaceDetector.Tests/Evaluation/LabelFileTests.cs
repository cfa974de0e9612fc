using System.Numerics;
using System.Text;
using FaceEdge.Detection;
using FaceEdge.Evaluation;

namespace FaceEdge.Tests.Evaluation;

public sealed class LabelFileTests
{
    [Fact]
    public void A_face_may_have_landmarks_and_yaw_and_may_be_unsure()
    {
        var faces = Parse("""{"x":1,"y":2,"width":3,"height":4,"landmarks":[[1,2],[3,4],[5,6],[7,8],[9,10]],"yaw":-20,"tone":3},{"x":5,"y":6,"width":7,"height":8,"ignore":true}""");

        Assert.Equal((new Box(1, 2, 3, 4), false, -20f), (faces[0].Box, faces[0].Ignored, faces[0].Yaw!.Value));
        Assert.Equal(new Vector2(9, 10), faces[0].Landmarks!.Value[Landmarks.LeftMouthCorner]);
        Assert.Equal(new LabelledFace(new Box(5, 6, 7, 8), Ignored: true), faces[1]);
    }

    [Theory]
    [InlineData("[[1,2]]")]
    [InlineData("[[1,2],[3,4],[5,6],[7,8],[9]]")]
    public void Landmarks_that_are_not_five_points_are_refused(string landmarks)
    {
        var refusal = Assert.Throws<EvaluationException>(() => Parse($$"""{"x":1,"y":2,"width":3,"height":4,"landmarks":{{landmarks}}}"""));

        Assert.Equal("The labels labels.json give a face of 'a.jpg' landmarks that are not 5 pairs [x, y].", refusal.Message);
    }

    private static IReadOnlyList<LabelledFace> Parse(string faces)
        => LabelFile.Parse(Encoding.UTF8.GetBytes($$"""{"images":[{"file":"a.jpg","width":9,"height":9,"faces":[{{faces}}]}]}"""), "labels.json")[0].Faces;
}
