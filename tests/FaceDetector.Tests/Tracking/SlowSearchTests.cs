using CsCheck;
using FaceEdge.Detection;
using FaceEdge.Tracking;

namespace FaceEdge.Tests.Tracking;

/// <summary>A machine with other work searches seldom and irregularly, and whoever is in view is still counted once.</summary>
public sealed class SlowSearchTests
{
    private const int People = 4;
    private const float Threshold = 0.5f;

    /// <summary>
    /// A person who moved by a side of the face while not found cannot be told from somebody new: of these 2,000 people five count twice. Seeds are
    /// fixed, so that the share is the same on every run.
    /// </summary>
    [Fact]
    public void Who_stands_around_is_counted_once_however_seldom_and_irregularly_frames_are_searched()
    {
        const int Scenes = 500;
        var counted = Enumerable.Range(1, Scenes).Sum(Counted);

        Assert.InRange(counted, People * Scenes, People * Scenes * 101 / 100);
    }

    [Fact]
    public void Who_walks_through_is_counted_once()
        => Gen.Select(Gen.Int[0, 1_000_000], Gen.Float[-150, 150]).Sample(
            (seed, speed) =>
            {
                var random = new Random(seed);
                var tracker = new FaceTracker(64);
                for (var time = 1.0; time < 8; time += 0.2 + (1.3 * random.NextDouble()))
                {
                    Take(tracker, [TrackerScene.At(640 + (speed * (float)(time - 4)), 200, side: 60)], time);
                }

                Assert.Equal(1, tracker.Confirmed);
            },
            iter: 200);

    [Fact]
    public void Who_comes_when_somebody_else_has_been_gone_for_three_frames_is_new()
    {
        var tracker = new FaceTracker(64);
        foreach (var time in (double[])[1, 2, 3])
        {
            Take(tracker, [TrackerScene.At(300, 200)], time);
        }

        foreach (var time in (double[])[4, 5, 6])
        {
            Take(tracker, [], time);
        }

        foreach (var time in (double[])[7, 8])
        {
            Take(tracker, [TrackerScene.At(300, 200)], time);
        }

        Assert.Equal(2, tracker.Confirmed);
    }

    /// <summary>How many are counted in two minutes of a scene.</summary>
    private static int Counted(int seed)
    {
        var random = new Random(seed);
        var pause = 0.03 + (0.87 * random.NextDouble());
        var tracker = new FaceTracker(64);
        var misses = new int[People];
        for (var time = 1.0; time < 120; time += pause * (0.2 + (1.6 * random.NextDouble())))
        {
            var found = new List<Face>();
            for (var person = 0; person < People; person++)
            {
                // Missed in a fifth of the frames, and in two in a row at most; in a fifth of the others below the threshold.
                misses[person] = misses[person] < 2 && random.NextDouble() < 0.2 ? misses[person] + 1 : 0;
                if (misses[person] == 0)
                {
                    found.Add(Standing(person, time, random));
                }
            }

            Take(tracker, found, time);
        }

        return tracker.Confirmed;
    }

    /// <summary>To and fro by one and a half of their sides, as people do who wait.</summary>
    private static Face Standing(int person, double time, Random random)
    {
        var sway = 150 * Math.Sin((time * Math.Tau / (13 + (2 * person))) + person);
        return TrackerScene.At(
            (float)(160 + (320 * person) + (sway / 2) + Trembling(random)), (float)(300 + Trembling(random)), (float)(100 + Trembling(random)), (float)(0.4 + (0.5 * random.NextDouble())));
    }

    private static double Trembling(Random random) => 10 * (random.NextDouble() - 0.5);

    private static void Take(FaceTracker tracker, List<Face> found, double time) =>
        tracker.Update([.. found.OrderByDescending(face => face.Score)], Threshold, TimeSpan.FromSeconds(time), TrackerScene.Width, TrackerScene.Height);
}
