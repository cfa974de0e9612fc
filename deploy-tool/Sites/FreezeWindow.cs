namespace FaceEdge.Deploy.Sites;

/// <summary>A time during which nothing is promoted into an environment.</summary>
/// <param name="Name">What people call it; it goes into the answer of a refused promotion.</param>
internal abstract record FreezeWindow(string Name)
{
    /// <summary>The moment at which the freeze that holds <paramref name="now"/> ends; null when now is not frozen.</summary>
    public abstract DateTimeOffset? FrozenUntil(DateTimeOffset now);
}

/// <summary>A freeze from one moment to another, the end not included.</summary>
internal sealed record AbsoluteFreeze(string Name, DateTimeOffset From, DateTimeOffset To) : FreezeWindow(Name)
{
    public override DateTimeOffset? FrozenUntil(DateTimeOffset now) => now >= From && now < To ? To : null;
}

/// <summary>A freeze that comes back each week, in local time of a time zone; it may run over the end of the week.</summary>
internal sealed record WeeklyFreeze(string Name, WeekTime From, WeekTime To, TimeZoneInfo Zone) : FreezeWindow(Name)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public override DateTimeOffset? FrozenUntil(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, Zone);
        var sinceStart = Wrap(new WeekTime(local.DayOfWeek, local.TimeOfDay).SinceSunday - From.SinceSunday);
        var length = Wrap(To.SinceSunday - From.SinceSunday);
        if (sinceStart >= length)
        {
            return null;
        }

        var end = local.DateTime + (length - sinceStart);
        return new DateTimeOffset(end, Zone.GetUtcOffset(end));
    }

    private static TimeSpan Wrap(TimeSpan time) => time < TimeSpan.Zero ? time + Week : time;
}

/// <summary>A day of the week and a time of that day.</summary>
internal readonly record struct WeekTime(DayOfWeek Day, TimeSpan Time)
{
    public TimeSpan SinceSunday => TimeSpan.FromDays((int)Day) + Time;
}
