using CsCheck;
using FaceEdge.Counting;
using FaceEdge.Streaming;

namespace FaceEdge.Tests.Counting;

public sealed class PeopleCounterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private int _passed;

    [Fact]
    public void People_are_counted_when_they_come_and_for_as_long_as_they_stay()
    {
        var counter = new PeopleCounter("door", people => _passed += people);

        counter.Observe(new FaceObservation(Noon, 2, 2));
        counter.Observe(new FaceObservation(Noon.AddSeconds(3), 1, 0));
        counter.Observe(new FaceObservation(Noon.AddSeconds(4), 4, 3));

        var count = counter.History.Sum(Noon, Noon.AddMinutes(1));
        Assert.Equal(new MinuteCount(5, 4, (2 * 3) + 1, 4), count);
        Assert.Equal(1.75, count.MeanInView);
        Assert.Equal(5, _passed);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(-0.1)]
    [InlineData(3600)]
    public void A_clock_that_jumps_and_a_camera_that_is_away_make_no_time_pass(double seconds)
    {
        var counter = new PeopleCounter("door", _ => { });
        counter.Observe(new FaceObservation(Noon, 2, 2));

        counter.Observe(new FaceObservation(Noon.AddSeconds(seconds), 2, 0));

        var all = counter.History.Sum(Noon.AddHours(-2), Noon.AddHours(2));
        Assert.Equal((2, 0f), (all.Passed, all.WatchedSeconds));
    }

    [Fact]
    public void The_steps_of_a_day_add_up_to_the_day()
        => Gen.Select(Gen.Int[0, 1439], Gen.Int[0, 4]).List[0, 60].Sample(seen =>
        {
            var history = new CountHistory();
            var day = new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero);
            foreach (var (minute, passed) in seen)
            {
                history.Add(day.AddMinutes(minute), new MinuteCount(passed, passed, passed, 1));
            }

            var hours = Enumerable.Range(0, 24).Select(hour => history.Sum(day.AddHours(hour), day.AddHours(hour + 1))).ToArray();

            Assert.Equal(history.Sum(day, day.AddDays(1)).Passed, hours.Sum(hour => hour.Passed));
            Assert.Equal(seen.Sum(one => one.Item2), hours.Sum(hour => hour.Passed));
        });

    [Fact]
    public void Days_beyond_the_bound_are_forgotten()
    {
        var history = new CountHistory();
        for (var day = 0; day < CountHistory.Days + 5; day++)
        {
            history.Add(Noon.AddDays(day), new MinuteCount(1, 1, 0, 0));
        }

        history.Merge(DateOnly.FromDateTime(Noon.UtcDateTime), new MinuteCount[CountHistory.MinutesADay]);

        Assert.Equal(CountHistory.Days, history.Sum(Noon.AddDays(-1), Noon.AddDays(100)).Passed);
        Assert.Empty(history.Read(DateOnly.FromDateTime(Noon.UtcDateTime)));
    }
}
