using System.Numerics;
using CsCheck;
using FaceEdge.Detection;
using FaceEdge.Privacy;

namespace FaceEdge.Tests.Privacy;

public sealed class HiddenFacesTests
{
    private const int Width = 1280;
    private const int Height = 720;

    [Fact]
    public void Before_the_first_search_everything_is_hidden() => Assert.True(new HiddenFaces(16).Everything);

    [Fact]
    public void A_frame_with_more_faces_than_can_be_reported_is_hidden_wholly()
    {
        var hidden = new HiddenFaces(16);
        hidden.Update([], complete: false, TimeSpan.FromSeconds(1), Width, Height);

        Assert.True(hidden.Everything);
    }

    [Fact]
    public void Nobody_can_raise_the_threshold_of_the_search() => Gen.Float[0.05f, 0.99f].Sample(threshold =>
    {
        var search = HiddenFaces.SearchThreshold(threshold);
        Assert.True(search <= threshold && search <= HiddenFaces.SearchThreshold(0.99f));
    });

    /// <summary>A face walks and turns while the detector misses it in a row of frames: wherever it is, it is hidden.</summary>
    [Fact]
    public void A_face_stays_hidden_through_a_burst_of_misses()
    {
        // Two seconds from the frame in which it was found last, which is up to a fifth of a second before the misses begin.
        var walk = Gen.Select(Gen.Float[200, 1000], Gen.Float[150, 500], Gen.Float[-300, 300], Gen.Float[-80, 80], Gen.Float[30, 200]);
        Gen.Select(walk, Gen.Float[5, 30], Gen.Double[0, 1.75], Gen.Double[0, 1]).Sample((start, rate, missed, stopsAt) =>
        {
            var (x, y, speedX, speedY, side) = start;

            // Nobody walks faster than two face widths a second and stays whole in the frame; whoever is missed may stop.
            var speed = new Vector2(Math.Clamp(speedX, -2 * side, 2 * side), Math.Clamp(speedY, -side, side));
            var hidden = new HiddenFaces(16);
            var place = new Vector2(x, y);
            const double Seen = 1;
            for (var time = 0.0; time < Seen + missed; time += 1 / rate)
            {
                var moving = time < Seen + (missed * stopsAt);
                place += moving ? speed / rate : Vector2.Zero;
                var box = new Box(place.X, place.Y, side, side);
                Face[] found = time < Seen ? [new Face(box, 0.5f, default)] : [];
                hidden.Update(found, complete: true, TimeSpan.FromSeconds(10 + time), Width, Height);

                Assert.True(Covered(hidden, box), $"at {time} the face at {box} is not within {string.Join(", ", hidden.Regions.ToArray())}");
            }
        });
    }

    /// <summary>At ten frames a second for two seconds; where they come more seldom, through two of them in which it is missed.</summary>
    [Theory]
    [InlineData(0.1, 20)]
    [InlineData(0.5, 4)]
    [InlineData(1.5, 2)]
    [InlineData(4, 2)]
    [InlineData(11, 0)]
    public void A_face_that_is_gone_is_hidden_as_long_as_is_said_and_no_longer(double pause, int frames)
    {
        var hidden = new HiddenFaces(16);
        hidden.Update([new Face(new Box(100, 100, 80, 80), 0.5f, default)], complete: true, TimeSpan.FromSeconds(10), Width, Height);
        for (var i = 1; i <= frames; i++)
        {
            hidden.Update([], complete: true, TimeSpan.FromSeconds(10 + (i * pause)), Width, Height);
            Assert.Single(hidden.Regions.ToArray());
        }

        hidden.Update([], complete: true, TimeSpan.FromSeconds(10 + ((frames + 1) * pause)), Width, Height);

        Assert.Empty(hidden.Regions.ToArray());
    }

    [Fact]
    public void Who_walks_towards_the_edge_and_stays_there_is_still_hidden()
    {
        var hidden = new HiddenFaces(16);
        for (var i = 0; i < 30; i++)
        {
            hidden.Update([new Face(new Box(1000 + (i * 5), 100, 80, 80), 0.5f, default)], complete: true, TimeSpan.FromSeconds(1 + (i / 30.0)), Width, Height);
        }

        hidden.Update([], complete: true, TimeSpan.FromSeconds(3), Width, Height);

        Assert.True(Covered(hidden, new Box(1145, 100, 80, 80)));
    }

    [Fact]
    public void Nothing_is_allocated_per_frame()
    {
        var hidden = new HiddenFaces(64);
        Face[] faces = [.. Enumerable.Range(0, 8).Select(i => new Face(new Box(150 * i, 200, 100, 100), 0.9f - (0.05f * i), default))];

        AllocationAssert.None(round =>
        {
            for (var i = 1 + (450 * round); i <= 450 * (round + 1); i++)
            {
                hidden.Update(faces.AsSpan(0, i % 9), complete: true, TimeSpan.FromSeconds(i / 30.0), Width, Height);
            }
        });
    }

    private static bool Covered(HiddenFaces hidden, Box face)
    {
        foreach (var (region, _) in hidden.Regions)
        {
            if (region.X <= face.X && region.Y <= face.Y && region.Right >= face.Right && region.Bottom >= face.Bottom)
            {
                return true;
            }
        }

        return false;
    }
}
