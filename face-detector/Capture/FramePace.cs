namespace FaceEdge.Capture;

/// <summary>Lets so many frames a second through, evenly, and keeps the average when arrivals jitter.</summary>
internal sealed class FramePace
{
    private readonly long _interval;
    private long _due = long.MinValue;

    /// <param name="perSecond">0 lets all through.</param>
    /// <param name="clock">Whose timestamps are given.</param>
    public FramePace(double perSecond, TimeProvider clock) =>
        _interval = perSecond > 0 ? (long)(clock.TimestampFrequency / perSecond) : 0;

    public bool IsDue(long timestamp) => timestamp >= _due;

    /// <summary>The next frame is due whenever it comes.</summary>
    public void Reset() => _due = long.MinValue;

    /// <summary>A frame went through: the next is due one interval after this one was due, unless the camera paused.</summary>
    public void Passed(long timestamp) =>
        _due = _interval == 0 ? long.MinValue : Math.Max(_due == long.MinValue ? timestamp : _due, timestamp - _interval) + _interval;
}
