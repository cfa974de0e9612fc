namespace FaceEdge.Capture;

/// <summary>How many frames arrived a second lately. One writer; readers under the same lock.</summary>
internal sealed class FrameRate
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    /// <summary>Room for two seconds at 60 frames/s; beyond that the window is shorter.</summary>
    private readonly long[] _arrivals = new long[128];
    private readonly TimeProvider _clock;
    private long _count;

    public FrameRate(TimeProvider clock) => _clock = clock;

    /// <param name="timestamp">Of <see cref="TimeProvider.GetTimestamp"/>.</param>
    public void Add(long timestamp) => _arrivals[_count++ % _arrivals.Length] = timestamp;

    public void Clear() => _count = 0;

    /// <summary>Frames a second over the last two seconds, or since the first of them.</summary>
    public double PerSecond()
    {
        var now = _clock.GetTimestamp();
        var kept = (int)Math.Min(_count, _arrivals.Length);
        var recent = 0;
        var oldest = now;
        while (recent < kept)
        {
            var arrival = _arrivals[(_count - 1 - recent) % _arrivals.Length];
            if (_clock.GetElapsedTime(arrival, now) > Window)
            {
                break;
            }

            oldest = arrival;
            recent++;
        }

        // n arrivals make n - 1 intervals; the time since the last one counts once it is longer than they were.
        var span = _clock.GetElapsedTime(oldest, now).TotalSeconds;
        return recent < 2 || span <= 0 ? 0 : (recent - 1) / span;
    }
}
