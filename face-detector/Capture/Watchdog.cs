namespace FaceEdge.Capture;

/// <summary>Gives one connection up when its frames stay away or stay the same. Made for the connection and disposed with it.</summary>
internal sealed class Watchdog : IAsyncDisposable
{
    private const long Never = long.MinValue;

    /// <summary>Where frames are far apart (snapshots, a low limit on frames), few that look the same say nothing yet.</summary>
    private const int MinRepeats = 3;

    /// <summary>Between two key frames, at most: cameras send one in 1 to 10 s.</summary>
    private static readonly TimeSpan KeyFrameInterval = TimeSpan.FromSeconds(30);

    /// <summary>Until the first check, and at least between two.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly CameraOptions _options;
    private readonly CameraKind _kind;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _attempt;
    private readonly ITimer _timer;
    private readonly long _started;
    private Task _givenUp = Task.CompletedTask;
    private long _first = Never;
    private long _heard = Never;
    private long _changed = Never;
    private long _repeated = Never;
    private int _repeats;

    /// <param name="options">The limits.</param>
    /// <param name="kind">Files may stay still, and a visitor's camera may start late.</param>
    /// <param name="clock">Owns the timer.</param>
    /// <param name="attempt">Cancelled when the connection is given up.</param>
    public Watchdog(CameraOptions options, CameraKind kind, TimeProvider clock, CancellationTokenSource attempt)
    {
        _options = options;
        _kind = kind;
        _clock = clock;
        _attempt = attempt;
        _started = clock.GetTimestamp();
        _timer = clock.CreateTimer(static state => ((Watchdog)state!).Check(), this, Period, Timeout.InfiniteTimeSpan);
    }

    public WatchdogVerdict Verdict { get; private set; }

    /// <summary>Set while only key frames are decoded: frames come seldom.</summary>
    public bool KeyFramesOnly { get; set; }

    /// <summary>The verdict in words; null while there is none.</summary>
    public string? Reason => Verdict switch
    {
        WatchdogVerdict.NeverStarted => FormattableString.Invariant($"no frame within {_options.ConnectTimeout.TotalSeconds:0.#} s of connecting"),
        WatchdogVerdict.Silent => FormattableString.Invariant($"no frame for {_options.SilentAfter.TotalSeconds:0.#} s"),
        WatchdogVerdict.Frozen => FormattableString.Invariant($"the same frame for {_options.FrozenAfter.TotalSeconds:0.#} s"),
        _ => null,
    };

    /// <summary>A frame arrived.</summary>
    public void Heard(long timestamp)
    {
        Volatile.Write(ref _heard, timestamp);
        if (Volatile.Read(ref _first) == Never)
        {
            Volatile.Write(ref _changed, timestamp);
            Volatile.Write(ref _first, timestamp);
        }
    }

    /// <summary>A frame arrived that differs from the one before.</summary>
    public void Changed(long timestamp)
    {
        Volatile.Write(ref _repeats, 0);
        Volatile.Write(ref _changed, timestamp);
    }

    /// <summary>A frame arrived that is the one before, byte for byte.</summary>
    public void Repeated(long timestamp)
    {
        Volatile.Write(ref _repeated, timestamp);
        Volatile.Write(ref _repeats, Volatile.Read(ref _repeats) + 1);
    }

    /// <summary>Whether frames came for at least so long.</summary>
    public bool Held(TimeSpan time)
    {
        var first = Volatile.Read(ref _first);
        return first != Never && _clock.GetElapsedTime(first, Volatile.Read(ref _heard)) >= time;
    }

    /// <summary>After this the watchdog no longer touches the connection's token source.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _givenUp;
    }

    private void Check()
    {
        if (Verdict != WatchdogVerdict.None)
        {
            return;
        }

        var now = _clock.GetTimestamp();
        Verdict = Judge(now);
        if (Verdict != WatchdogVerdict.None)
        {
            // Not on this thread: callbacks of the token may be slow.
            _givenUp = _attempt.CancelAsync();
        }
        else
        {
            _timer.Change(UntilNextLook(now), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Until a limit may be reached: looking more often would wake the processor for nothing.</summary>
    private TimeSpan UntilNextLook(long now)
    {
        // Whatever begins again meanwhile lasts at least so long.
        var time = WatchesForFreeze && _options.FrozenAfter < _options.SilentAfter ? _options.FrozenAfter : _options.SilentAfter;
        if (Volatile.Read(ref _first) == Never)
        {
            time = Shorter(time, _options.ConnectTimeout - _clock.GetElapsedTime(_started, now));
        }
        else
        {
            time = Shorter(time, LongestPause - _clock.GetElapsedTime(Volatile.Read(ref _heard), now));
            time = WatchesForFreeze ? Shorter(time, _options.FrozenAfter - _clock.GetElapsedTime(Volatile.Read(ref _changed), now)) : time;
        }

        return time > Period ? time : Period;

        static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
    }

    private WatchdogVerdict Judge(long now)
    {
        if (Volatile.Read(ref _first) == Never)
        {
            return _kind != CameraKind.Browser && _clock.GetElapsedTime(_started, now) > _options.ConnectTimeout
                ? WatchdogVerdict.NeverStarted
                : WatchdogVerdict.None;
        }

        if (_clock.GetElapsedTime(Volatile.Read(ref _heard), now) > LongestPause)
        {
            return WatchdogVerdict.Silent;
        }

        // Judged by frames that came: one that stays away is silent, however long it takes.
        return WatchesForFreeze
            && Volatile.Read(ref _repeats) >= MinRepeats
            && _clock.GetElapsedTime(Volatile.Read(ref _changed), Volatile.Read(ref _repeated)) > _options.FrozenAfter
            ? WatchdogVerdict.Frozen
            : WatchdogVerdict.None;
    }

    private bool WatchesForFreeze => _kind is CameraKind.Rtsp or CameraKind.Http or CameraKind.Device && _options.FrozenAfter > TimeSpan.Zero;

    /// <summary>Where frames come one by one at our own pace, that pace is on top.</summary>
    private TimeSpan LongestPause => _options.SilentAfter + (KeyFramesOnly ? KeyFrameInterval : TimeSpan.Zero) + (_kind switch
    {
        CameraKind.Http => _options.SnapshotInterval,
        CameraKind.File => _options.PictureTime,
        _ => TimeSpan.Zero,
    });
}
