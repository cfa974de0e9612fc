using System.Threading.Channels;

namespace FaceEdge.Tests.Capture;

/// <summary>A clock that stands still until told, and fires the timers it passes.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly Channel<TimeSpan> _made = Channel.CreateUnbounded<TimeSpan>();
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _elapsed.Ticks;
        }
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        _made.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Moves on, firing each timer on its time; never faster than it fires them.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetTimestamp() + by.Ticks;
        while (NextDue(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            _elapsed = TimeSpan.FromTicks(end);
        }
    }

    /// <summary>When the next timer that somebody makes, or has made since the last call, will be due.</summary>
    public ValueTask<TimeSpan> TimerMadeAsync() => _made.Reader.ReadAsync(TestContext.Current.CancellationToken);

    private ManualTimer? NextDue(long end)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is not null)
            {
                _elapsed = TimeSpan.FromTicks(Math.Max(next.Due, _elapsed.Ticks));
                next.Due = next.Period > 0 ? next.Due + next.Period : long.MaxValue;
            }

            return next;
        }
    }

    private sealed class ManualTimer(ManualClock clock, Action fire) : ITimer
    {
        public long Due { get; set; } = long.MaxValue;

        public long Period { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                Due = dueTime < TimeSpan.Zero ? long.MaxValue : clock._elapsed.Ticks + dueTime.Ticks;
                Period = period > TimeSpan.Zero ? period.Ticks : 0;
                clock._timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
