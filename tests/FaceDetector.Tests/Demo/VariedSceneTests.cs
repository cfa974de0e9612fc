using CsCheck;
using FaceEdge.Demo;
using FaceEdge.Demo.Painting;
using FaceEdge.Detection;

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

    [Fact]
    public void Some_people_wear_masks_and_some_turn_far_aside_though_never_on_the_demo_camera()
    {
        var faces = Enumerable.Range(0, 300).SelectMany(seed => new VariedScene(seed, 640, 480).Faces).ToArray();

        Assert.All(Enum.GetValues<FaceMask>(), mask => Assert.Contains(faces, face => face.Traits.Mask == mask));
        Assert.Contains(faces, face => MathF.Abs(face.Pose.Yaw) > MathF.PI / 4);
        Assert.All(Casting.Cast(1, 12, covered: false), traits => Assert.Equal(FaceMask.None, traits.Mask));
    }

    [Fact]
    public void A_mask_covers_the_mouth_and_leaves_the_eyes()
    {
        var bare = Casting.Cast(3, 1, covered: false)[0] with { Eyewear = Eyewear.None, Headwear = Headwear.None };
        var pose = new Pose(new(160, 160), 200, 0, 0, 0);
        using var without = Painted(bare, pose);
        using var with = Painted(bare with { Mask = FaceMask.Surgical }, pose);
        var landmarks = KnownFace.Of(bare, pose).Landmarks;

        Assert.NotEqual(At(without, landmarks[Landmarks.RightMouthCorner]), At(with, landmarks[Landmarks.RightMouthCorner]));
        Assert.NotEqual(At(without, landmarks[Landmarks.NoseTip]), At(with, landmarks[Landmarks.NoseTip]));
        Assert.Equal(At(without, landmarks[Landmarks.RightEye]), At(with, landmarks[Landmarks.RightEye]));
        Assert.Equal(At(without, landmarks[Landmarks.LeftEye]), At(with, landmarks[Landmarks.LeftEye]));

        static Easel Painted(FaceTraits traits, Pose pose)
        {
            var easel = new Easel(320, 320);
            using var portrait = new Portrait(traits, pose.FaceHeight);
            portrait.Draw(easel, pose);
            return easel;
        }

        static SkiaSharp.SKColor At(Easel easel, System.Numerics.Vector2 point) => easel.Bitmap.GetPixel((int)point.X, (int)point.Y);
    }
}
