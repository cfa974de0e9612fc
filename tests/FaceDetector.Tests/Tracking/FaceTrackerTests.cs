using CsCheck;
using FaceEdge.Detection;
using FaceEdge.Tracking;

namespace FaceEdge.Tests.Tracking;

public sealed class FaceTrackerTests
{
    private readonly TrackerScene _scene = new();

    [Fact]
    public void A_face_is_shown_at_once_and_has_a_number_when_it_has_lasted()
    {
        var first = Assert.Single(_scene.Next(TrackerScene.At(300, 200)));
        var lasting = Assert.Single(_scene.Stay(0.3, TrackerScene.At(300, 200)));

        Assert.Equal((0, 1), (first.Track, lasting.Track));
        Assert.Equal(1, _scene.Tracker.Confirmed);
    }

    [Fact]
    public void What_is_taken_for_a_face_once_gets_no_number()
    {
        _scene.Next(TrackerScene.At(300, 200));
        _scene.Stay(0.5);
        _scene.Next(TrackerScene.At(320, 200));

        Assert.Equal(0, _scene.Tracker.Confirmed);
    }

    [Fact]
    public void A_face_at_the_threshold_does_not_flicker()
    {
        _scene.Next(TrackerScene.At(300, 200, score: 0.61f));
        for (var i = 0; i < 60; i++)
        {
            Assert.Single(_scene.Next(TrackerScene.At(300, 200, score: i % 3 == 0 ? 0.61f : 0.5f)));
        }
    }

    [Fact]
    public void A_face_that_stays_below_the_threshold_goes()
    {
        _scene.Stay(1, TrackerScene.At(300, 200));

        Assert.Empty(_scene.Stay(1.1, TrackerScene.At(300, 200, score: 0.5f)));
    }

    [Fact]
    public void A_face_that_never_reached_the_threshold_is_not_shown() =>
        Assert.Empty(_scene.Stay(1, TrackerScene.At(300, 200, score: 0.59f)));

    [Fact]
    public void Weaker_faces_go_at_once_when_the_threshold_is_raised()
    {
        _scene.Stay(1, TrackerScene.At(300, 200, score: 0.7f), TrackerScene.At(600, 200, score: 0.95f));

        var shown = _scene.Next(0.9f, TrackerScene.At(300, 200, score: 0.7f), TrackerScene.At(600, 200, score: 0.95f));

        Assert.Equal(0.95f, Assert.Single(shown).Score);
    }

    [Fact]
    public void A_face_that_is_missed_for_a_moment_stays_where_it_was_going()
    {
        for (var x = 300f; x < 600; x += 10)
        {
            _scene.Next(TrackerScene.At(x, 200));
        }

        _scene.Next();
        _scene.Next();
        var missed = Assert.Single(_scene.Next());

        Assert.InRange(missed.Box.X, 610, 625);
        Assert.Equal(1, missed.Track);
    }

    [Fact]
    public void A_face_that_is_gone_is_shown_no_longer_than_a_moment()
    {
        _scene.Stay(1, TrackerScene.At(300, 200));

        Assert.Empty(_scene.Stay(0.4));
    }

    [Fact]
    public void A_face_keeps_its_number_behind_a_post()
    {
        _scene.Stay(1, TrackerScene.At(300, 200));
        _scene.Stay(0.8);

        Assert.Equal(1, Assert.Single(_scene.Next(TrackerScene.At(310, 200))).Track);
    }

    [Fact]
    public void Who_comes_back_later_is_new()
    {
        _scene.Stay(1, TrackerScene.At(300, 200));
        _scene.Stay(1.1);

        Assert.Equal(2, Assert.Single(_scene.Stay(0.5, TrackerScene.At(300, 200))).Track);
        Assert.Equal(1, _scene.Tracker.Tracks.Length);
    }

    [Fact]
    public void Who_walks_out_of_the_frame_is_forgotten_at_once()
    {
        for (var x = 1000f; x < 1220; x += 12)
        {
            _scene.Next(TrackerScene.At(x, 200));
        }

        _scene.Stay(0.15);

        Assert.Equal(0, _scene.Tracker.Tracks.Length);
    }

    [Fact]
    public void Two_who_pass_each_other_keep_their_numbers()
    {
        Face[] shown = [];
        for (var i = 0; i < 60; i++)
        {
            var (left, right) = (TrackerScene.At(300 + (8 * i), 200, score: 0.9f), TrackerScene.At(772 - (8 * i), 210, score: 0.8f));

            // Whoever is behind is not found.
            shown = left.Box.IntersectionOverUnion(right.Box) > 0.3f ? _scene.Next(left) : _scene.Next(left, right);
        }

        Assert.Equal(2, _scene.Tracker.Confirmed);
        Assert.Equal([0.9f, 0.8f], shown.Select(face => face.Score));
        Assert.Equal(shown[0].Track, shown.MaxBy(face => face.Box.X).Track);
        Assert.Equal([1, 2], shown.Select(face => face.Track).Order());
    }

    [Fact]
    public void A_quick_face_is_matched_even_where_its_boxes_do_not_touch()
    {
        Face[][] shown = [.. Enumerable.Range(0, 10).Select(i => _scene.Next(TrackerScene.At(100 + (i * 90), 200, side: 80)))];

        Assert.Equal(1, Assert.Single(shown[^1]).Track);
    }

    [Fact]
    public void Frames_of_another_size_are_another_view()
    {
        _scene.Stay(1, TrackerScene.At(300, 200));
        _scene.Tracker.Update([TrackerScene.At(300, 200)], TrackerScene.Threshold, TimeSpan.FromSeconds(2), 640, 360);

        Assert.Equal(0, Assert.Single(_scene.Tracker.Tracks.ToArray()).Number);
    }

    [Fact]
    public void Landmarks_go_with_the_box()
    {
        _scene.Next(TrackerScene.At(300, 200));
        for (var x = 300f; x < 400; x += 5)
        {
            var face = Assert.Single(_scene.Next(TrackerScene.At(x, 200)));
            Assert.Equal(face.Box.X, face.Landmarks[0].X, 0.01f);
        }
    }

    /// <summary>A filter that only averages lags behind a person who walks; one that only follows jitters.</summary>
    [Fact]
    public void Boxes_are_smoothed_without_lag() => Gen.Select(Gen.Int[0, 1_000_000], Gen.Float[-500, 500]).Sample(
        (seed, speed) =>
        {
            var random = new Random(seed);
            var scene = new TrackerScene();
            double squares = 0, rawSquares = 0, sum = 0;
            const int Settling = 30;
            const int Counted = 300;
            for (var i = 0; i < Settling + Counted; i++)
            {
                var x = 600 + (speed * i / (float)TrackerScene.FramesPerSecond);
                var error = (float)((random.NextDouble() - 0.5) * 6);
                var shown = scene.Next(TrackerScene.At(x + error, 200));
                if (i >= Settling && shown is [var face])
                {
                    squares += Math.Pow(face.Box.X - x, 2);
                    sum += face.Box.X - x;
                    rawSquares += Math.Pow(error, 2);
                }
            }

            return squares < 0.5 * rawSquares && Math.Abs(sum / Counted) < 0.6;
        },
        iter: 200);

    [Fact]
    public void Whatever_is_found_numbers_are_single_and_the_strongest_come_first()
    {
        var face = Gen.Select(Gen.Float[-200, 1300], Gen.Float[-200, 800], Gen.Float[1, 400], Gen.Float[0.3f, 1])
            .Select((x, y, side, score) => TrackerScene.At(x, y, side, score));
        face.Array[0, 64].Array[1, 40].Sample(
            frames =>
            {
                var scene = new TrackerScene();
                var highest = 0;
                foreach (var found in frames)
                {
                    var shown = scene.Next(found);
                    var numbers = shown.Where(one => one.Track > 0).Select(one => one.Track).ToArray();
                    Assert.Equal(numbers.Length, numbers.Distinct().Count());
                    Assert.Equal(shown.Select(one => one.Score).OrderDescending(), shown.Select(one => one.Score));
                    Assert.All(numbers, number => Assert.InRange(number, 1, scene.Tracker.Confirmed));
                    Assert.All(found.Where(one => one.Score >= TrackerScene.Threshold), one => Assert.Contains(shown, other => other.Score == one.Score));
                    Assert.True(scene.Tracker.Confirmed >= highest);
                    highest = scene.Tracker.Confirmed;
                }
            },
            iter: 100);
    }

    [Fact]
    public void Nothing_is_allocated_per_frame()
    {
        Face[] faces = [.. Enumerable.Range(0, 8).Select(i => TrackerScene.At(150 * i, 200, score: 0.9f - (0.05f * i)))];
        var shown = new Face[64];
        var tracker = new FaceTracker(64);

        AllocationAssert.None(round =>
        {
            for (var i = 1 + (450 * round); i <= 450 * (round + 1); i++)
            {
                tracker.Update(faces.AsSpan(0, i % 9), TrackerScene.Threshold, TimeSpan.FromSeconds(i / 30.0), 1280, 720);
                tracker.CopyShown(shown);
            }
        });
    }
}
