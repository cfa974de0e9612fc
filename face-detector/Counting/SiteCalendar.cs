namespace FaceEdge.Counting;

/// <summary>
/// Where minutes, hours and days begin at the site. When clocks go back, the hour that comes twice is two hours; the day of a change has 23 or 25.
/// </summary>
/// <param name="zone">The site's.</param>
internal sealed class SiteCalendar(TimeZoneInfo zone)
{
    public TimeZoneInfo Zone => zone;

    /// <summary>The moment in the site's time.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);

    /// <summary>The beginning of the step that a moment lies in.</summary>
    public DateTimeOffset Begin(DateTimeOffset at, CountStep step)
    {
        var local = Local(at);
        var second = TimeSpan.FromTicks(local.Ticks % TimeSpan.TicksPerMinute);
        return step switch
        {
            CountStep.Minute => local - second,
            CountStep.Hour => local - second - TimeSpan.FromMinutes(local.Minute),
            _ => Midnight(DateOnly.FromDateTime(local.DateTime)),
        };
    }

    /// <summary>The beginning of the step after the one that begins at a moment.</summary>
    public DateTimeOffset Next(DateTimeOffset begin, CountStep step) => step switch
    {
        CountStep.Minute => Local(begin.AddMinutes(1)),
        CountStep.Hour => Begin(begin.AddHours(1), step),
        _ => Midnight(DateOnly.FromDateTime(Local(begin).DateTime).AddDays(1)),
    };

    /// <summary>The first moment of a date: where clocks skip midnight, the one after it; where midnight comes twice, the first.</summary>
    public DateTimeOffset Midnight(DateOnly date)
    {
        var clock = date.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(clock))
        {
            clock = clock.AddMinutes(15);
        }

        return new DateTimeOffset(clock, zone.IsAmbiguousTime(clock) ? zone.GetAmbiguousTimeOffsets(clock).Max() : zone.GetUtcOffset(clock));
    }
}
