using CsCheck;
using FaceEdge.Demo;

namespace FaceEdge.Tests.Demo;

public sealed class VariedSceneTests
{
    [Fact]
    public void Every_face_lies_whole_inside_the_picture_and_apart_from_the_others() =>
        Gen.Int.Sample(seed =>
        {
            var faces = new VariedScene(seed, 640, 480).Faces;
            for (var i = 0; i < faces.Length; i++)
            {
                var box = faces[i].Box;
                Assert.True(box is { X: >= 0, Y: >= 0, Right: <= 640, Bottom: <= 480 });
                Assert.InRange(faces[i].Pose.FaceHeight, 12, 300);
                Assert.All(faces[(i + 1)..], other => Assert.Equal(0, box.IntersectionOverUnion(other.Box)));
            }
        });

    [Fact]
    public void Sizes_spread_over_the_whole_range()
    {
        var sizes = Enumerable.Range(0, 200).SelectMany(seed => new VariedScene(seed, 640, 480).Faces).Select(face => face.Pose.FaceHeight).ToArray();

        Assert.Contains(sizes, size => size < 16);
        Assert.Contains(sizes, size => size > 250);
    }
}
