using CsCheck;
using FaceEdge.Counting;

namespace FaceEdge.Tests.Counting;

public sealed class SiteCalendarTests
{
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Havana", "Asia/Beirut"];

    private static readonly CountStep[] Steps = [CountStep.Minute, CountStep.Hour, CountStep.Day];

    [Theory]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-06-01", 24)]
    [InlineData("2026-10-25", 25)]
    public void A_day_of_a_change_of_clock_has_an_hour_less_or_more(string date, int hours)
    {
        var calendar = new SiteCalendar(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var begin = calendar.Midnight(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture));
        var end = calendar.Next(begin, CountStep.Day);
        var counted = 0;
        for (var hour = begin; hour < end; hour = calendar.Next(hour, CountStep.Hour))
        {
            counted++;
        }

        Assert.Equal((hours, hours), ((int)(end - begin).TotalHours, counted));
    }

    [Fact]
    public void The_hour_that_comes_twice_is_two_hours()
    {
        var calendar = new SiteCalendar(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        var first = calendar.Begin(DateTimeOffset.Parse("2026-10-25T02:30:00+02:00", System.Globalization.CultureInfo.InvariantCulture), CountStep.Hour);
        var second = calendar.Next(first, CountStep.Hour);

        Assert.Equal(("2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"), ($"{first:yyyy-MM-ddTHH:mm:sszzz}", $"{second:yyyy-MM-ddTHH:mm:sszzz}"));
    }

    [Fact]
    public void Steps_follow_each_other_without_gap_in_every_zone()
        => Gen.Select(Gen.Int[0, Zones.Length - 1], Gen.Int[0, Steps.Length - 1], Gen.Int[0, 366 * 24 * 60]).Sample((whichZone, whichStep, minute) =>
        {
            var (zone, step) = (Zones[whichZone], Steps[whichStep]);
            var calendar = new SiteCalendar(TimeZoneInfo.FindSystemTimeZoneById(zone));
            var at = new DateTimeOffset(2026, 1, 1, 0, 0, 30, TimeSpan.Zero).AddMinutes(minute);
            var begin = calendar.Begin(at, step);
            var next = calendar.Next(begin, step);

            Assert.True(begin <= at && at < next && next - begin <= TimeSpan.FromHours(25), $"{zone} {step} {at:O}: {begin:O} to {next:O}");
            Assert.Equal(next, calendar.Begin(next, step));
        });
}
