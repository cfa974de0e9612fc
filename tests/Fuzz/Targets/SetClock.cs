namespace FaceEdge.Fuzz.Targets;

/// <summary>A clock that stands where it was set.</summary>
internal sealed class SetClock(DateTimeOffset start) : TimeProvider
{
    public TimeSpan Elapsed { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => start + Elapsed;
}
