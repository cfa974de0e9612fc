using CsCheck;
using FaceEdge.Demo;
using FaceEdge.Detection;

namespace FaceEdge.Tests.Demo;

public sealed class DemoSceneTests
{
    private static readonly Gen<DemoSettings> AnySettings = Gen.Select(
        Gen.Int[160, 1920], Gen.Int[120, 1080], Gen.Int[0, 12], Gen.Int[0, int.MaxValue], (width, height, faces, seed) => new DemoSettings(width, height, faces, 30, seed));

    [Fact]
    public void The_same_seed_casts_and_moves_the_same_people() =>
        Gen.Select(AnySettings, Gen.Double[0, 100_000]).Sample((settings, seconds) =>
            Assert.Equal(new DemoScene(settings).FacesAt(seconds), new DemoScene(settings).FacesAt(seconds)));

    [Fact]
    public void Another_seed_casts_other_people() =>
        Assert.NotEqual(new DemoScene(DemoSettings.Default).FacesAt(0), new DemoScene(DemoSettings.Default with { Seed = 2 }).FacesAt(0));

    [Fact]
    public void Every_box_and_every_eye_lies_inside_the_frame() =>
        Gen.Select(AnySettings, Gen.Double[0, 100_000]).Sample((settings, seconds) =>
        {
            foreach (var face in new DemoScene(settings).FacesAt(seconds))
            {
                AssertInside(face.Box, settings);
                AssertInside(face.Eyes.Right, settings);
                AssertInside(face.Eyes.Left, settings);
            }
        });

    [Fact]
    public void Every_landmark_lies_inside_its_box_and_in_its_place() =>
        Gen.Select(AnySettings, Gen.Double[0, 100_000]).Sample((settings, seconds) =>
        {
            foreach (var (_, _, box, points) in new DemoScene(settings).FacesAt(seconds))
            {
                for (var i = 0; i < Landmarks.Count; i++)
                {
                    Assert.InRange(points[i].X, box.X, box.Right);
                    Assert.InRange(points[i].Y, box.Y, box.Bottom);
                }

                Assert.True(points[Landmarks.RightEye].X < points[Landmarks.LeftEye].X);
                Assert.True(points[Landmarks.RightMouthCorner].X < points[Landmarks.LeftMouthCorner].X);
                Assert.True(points[Landmarks.NoseTip].Y > points[Landmarks.RightEye].Y && points[Landmarks.NoseTip].Y < points[Landmarks.LeftMouthCorner].Y);
            }
        });

    [Fact]
    public void Faces_never_meet() =>
        Gen.Select(AnySettings, Gen.Double[0, 100_000]).Sample((settings, seconds) =>
        {
            var faces = new DemoScene(settings).FacesAt(seconds);
            for (var i = 0; i < faces.Length; i++)
            {
                for (var j = i + 1; j < faces.Length; j++)
                {
                    Assert.Equal(0, faces[i].Box.IntersectionOverUnion(faces[j].Box));
                }
            }
        });

    [Fact]
    public void Ten_people_have_the_ten_tones_of_the_scale()
    {
        var scene = new DemoScene(DemoSettings.Default with { Faces = 10 });

        Assert.Equal(Enumerable.Range(1, MonkTone.Count), scene.Actors.Select(actor => actor.Traits.Tone).Order());
    }

    [Fact]
    public void People_move_blink_and_smile()
    {
        var scene = new DemoScene(DemoSettings.Default);
        var moments = Enumerable.Range(0, 900).Select(frame => scene.FacesAt(DemoSettings.Default.TimeOf(frame))[0].Pose).ToArray();

        Assert.True(moments.Max(pose => pose.Yaw) - moments.Min(pose => pose.Yaw) > 0.2f);
        Assert.Contains(moments, pose => pose.EyesOpen < 0.4f);
        Assert.True(moments.Count(pose => pose.EyesOpen == 1) > 800);
        Assert.True(moments.Max(pose => pose.Smile) - moments.Min(pose => pose.Smile) > 0.3f);
    }

    private static void AssertInside(in Box box, DemoSettings settings)
    {
        Assert.InRange(box.X, 0, settings.Width);
        Assert.InRange(box.Y, 0, settings.Height);
        Assert.InRange(box.Right, box.X, settings.Width);
        Assert.InRange(box.Bottom, box.Y, settings.Height);
    }
}
