using FaceEdge.Detection;

namespace FaceEdge.Tests.Detection;

public sealed class EyeRegionsTests
{
    [Fact]
    public void Eyes_are_boxed_around_their_landmarks_by_the_distance_between_them()
    {
        var eyes = EyeRegions.From(FaceWith(new(120, 150), new(170, 150)));

        AssertClose(new Box(105, 140, 30, 20), eyes.Right);
        AssertClose(new Box(155, 140, 30, 20), eyes.Left);
    }

    [Fact]
    public void Eyes_of_a_profile_are_not_boxed_away_to_nothing()
    {
        var eyes = EyeRegions.From(FaceWith(new(150, 150), new(150, 150)));

        Assert.Equal(18f, eyes.Right.Width, 1e-4f);
        Assert.Equal(12f, eyes.Right.Height, 1e-4f);
    }

    [Fact]
    public void Faces_with_the_same_landmarks_are_equal()
    {
        var face = FaceWith(new(120, 150), new(170, 150));
        var same = FaceWith(new(120, 150), new(170, 150));

        Assert.Equal(face, same);
        Assert.Equal(face.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(face, FaceWith(new(120, 150), new(170, 151)));
    }

    private static void AssertClose(Box expected, Box actual)
    {
        float[] wanted = [expected.X, expected.Y, expected.Width, expected.Height];
        float[] found = [actual.X, actual.Y, actual.Width, actual.Height];
        Assert.Equal(wanted, found, (a, b) => MathF.Abs(a - b) < 1e-3f);
    }

    private static Face FaceWith(System.Numerics.Vector2 right, System.Numerics.Vector2 left)
    {
        var landmarks = new Landmarks();
        landmarks[Landmarks.RightEye] = right;
        landmarks[Landmarks.LeftEye] = left;
        return new Face(new Box(100, 100, 100, 140), 0.9f, landmarks);
    }
}
