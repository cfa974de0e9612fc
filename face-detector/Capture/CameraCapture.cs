using FaceEdge.Drawing;
using FaceEdge.Imaging;

namespace FaceEdge.Capture;

/// <summary>
/// One camera, whatever the number of viewers: runs its source, reconnects with backoff when the source fails, is silent or frozen,
/// keeps the newest frame, and knows the camera's condition.
/// </summary>
internal sealed partial class CameraCapture : IFrameSink, IDisposable
{
    /// <summary>Between two checks whether a lost camera is back; half of it is random, so that not all cameras are asked at once.</summary>
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(0.5);

    private readonly IFrameSource _source;
    private readonly CameraOptions _options;
    private readonly CameraUrl _url;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly ReconnectPolicy _reconnect;
    private readonly CameraProbe? _probe;
    private readonly Random _random;
    private readonly FramePace _pace;
    private readonly FrameTransform _transform;
    private readonly FramePool _transformed = new();
    private readonly FrameMask _mask;
    private readonly FrameRate _rate;
    private readonly Lock _gate = new();

    private CameraState _state = CameraState.Connecting;
    private DateTimeOffset _since;
    private long _liveSince;
    private TimeSpan _liveBefore;
    private string? _reason;
    private Watchdog? _watchdog;
    private FrameDemand _demand;
    private TaskCompletionSource _demandChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _note;
    private bool _frozen;
    private long _sequence;
    private long _overPace;
    private long _unmarked;
    private long _reconnects;
    private int _width;
    private int _height;

    /// <param name="source">This camera's own source.</param>
    /// <param name="options">Validated.</param>
    /// <param name="clock">Whose timestamps the frames carry.</param>
    /// <param name="log">Told of each loss and return of the signal.</param>
    public CameraCapture(IFrameSource source, CameraOptions options, TimeProvider clock, ILogger log)
        : this(source, options, clock, log, Random.Shared, CameraProbe.For(options, clock))
    {
    }

    internal CameraCapture(IFrameSource source, CameraOptions options, TimeProvider clock, ILogger log, Random random, CameraProbe? probe)
    {
        _source = source;
        _options = options;
        _url = CameraUrl.Parse(options.Url);
        _clock = clock;
        Frames = new FrameSlot(clock);
        _log = log;
        _reconnect = new ReconnectPolicy(options.ReconnectDelay, options.MaxReconnectDelay, random);
        _random = random;
        _probe = probe;
        _pace = new FramePace(options.MaxFramesPerSecond, clock);
        _transform = new FrameTransform(options.Rotate, options.Mirror, options.Crop);
        _mask = new FrameMask(options.Masks);
        _rate = new FrameRate(clock);
        _since = clock.GetUtcNow();
    }

    /// <summary>Told after <see cref="CameraStatus.State"/> or its reason changed; runs on the thread that changed it and must not block.</summary>
    public event Action<CameraStatus>? StatusChanged;

    public string Name => _options.Name;

    public FramePool Pool { get; } = new();

    /// <summary>Holds the newest frame; it stays when the signal is lost.</summary>
    public FrameSlot Frames { get; }

    /// <summary>Which frames are needed: set by whoever works on them.</summary>
    public FrameDemand Demand
    {
        get
        {
            lock (_gate)
            {
                return _demand;
            }
        }

        set
        {
            TaskCompletionSource changed;
            lock (_gate)
            {
                if (_demand == value)
                {
                    return;
                }

                _demand = value;
                changed = _demandChanged;
                _demandChanged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            changed.SetResult();
        }
    }

    /// <summary>The camera's condition now.</summary>
    public CameraStatus Status
    {
        get
        {
            lock (_gate)
            {
                return new CameraStatus(
                    Name,
                    _url.Shown,
                    _state,
                    _since,
                    _reason,
                    _reconnects,
                    _sequence + _overPace,
                    _overPace + Frames.Dropped,
                    _unmarked,
                    _state == CameraState.Live ? _rate.PerSecond() : 0,
                    _state == CameraState.Live ? _liveBefore + _clock.GetElapsedTime(_liveSince) : _liveBefore,
                    _width,
                    _height,
                    _note);
            }
        }
    }

    /// <summary>Connects, and connects again, until cancelled. Nothing a camera does makes it throw.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var (reason, stable) = await ConnectOnceAsync(cancellationToken);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            Lose(reason);
            if (stable)
            {
                _reconnect.Reset();
            }

            var delay = _reconnect.NextDelay();
            LogRetry(_log, Name, delay.TotalSeconds);
            if (await ReturnsWithinAsync(delay, cancellationToken))
            {
                _reconnect.Reset();
            }

            Interlocked.Increment(ref _reconnects);
        }
    }

    Task IFrameSink.DemandOtherThanAsync(FrameDemand known, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _demand == known ? _demandChanged.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
        }
    }

    void IFrameSink.Delivers(FrameDemand demand, string? note)
    {
        _watchdog?.KeyFramesOnly = demand.KeyFramesOnly;
        lock (_gate)
        {
            _note = note is null ? null : PlainText.Of(_url.Mask(note));
        }
    }

    bool IFrameSink.WantsFrame()
    {
        var now = _clock.GetTimestamp();
        _watchdog?.Heard(now);
        if (_pace.IsDue(now))
        {
            return true;
        }

        Interlocked.Increment(ref _overPace);
        return false;
    }

    void IFrameSink.Publish(Frame frame)
    {
        var now = _clock.GetTimestamp();
        _watchdog?.Heard(now);
        if (!_pace.IsDue(now))
        {
            Interlocked.Increment(ref _overPace);
            frame.Dispose();
            return;
        }

        _pace.Passed(now);

        // Before anybody else has seen it: what is masked never reaches the rest of the service.
        frame = _transform.Apply(frame, _transformed);
        _mask.Apply(frame);
        var changed = DiffersFromLatest(frame);
        CameraStatus? change = null;
        lock (_gate)
        {
            frame.Sequence = ++_sequence;
            frame.CapturedAt = now;
            _unmarked += frame.LacksEndMarker ? 1 : 0;
            (_width, _height) = (frame.Width, frame.Height);
            _rate.Add(now);
            if (changed)
            {
                _frozen = false;
                _watchdog?.Changed(now);
            }
            else
            {
                _watchdog?.Repeated(now);
            }

            // After a freeze, only a frame that differs shows that the camera lives.
            if (_state != CameraState.Live && !_frozen)
            {
                change = Enter(CameraState.Live, null);
            }
        }

        Frames.Put(frame);
        if (change is not null)
        {
            LogLive(_log, Name, change.Width, change.Height);
            StatusChanged?.Invoke(change);
        }
    }

    /// <summary>Gives the last frame back and lets the source go. Call when <see cref="RunAsync"/> has ended.</summary>
    public void Dispose()
    {
        (_source as IDisposable)?.Dispose();
        Frames.Dispose();
        Pool.Dispose();
        _transformed.Dispose();
    }

    /// <summary>Runs the source once, and says why it ended and whether the connection had held.</summary>
    private async Task<(string Reason, bool Stable)> ConnectOnceAsync(CancellationToken cancellationToken)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var watchdog = new Watchdog(_options, _url.Kind, _clock, attempt);
        _watchdog = watchdog;
        string reason;
        try
        {
            await _source.RunAsync(this, attempt.Token);
            reason = "the camera ended the stream";
        }
        catch (OperationCanceledException) when (attempt.IsCancellationRequested)
        {
            reason = "the connection was given up";
        }
        catch (CaptureException exception)
        {
            reason = exception.Message;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A fault in one source must not take the other cameras and the page down with it.
            LogFault(_log, Name, _url.Mask(exception.ToString()));
            reason = exception.Message;
        }
        finally
        {
            _watchdog = null;
        }

        lock (_gate)
        {
            _frozen |= watchdog.Verdict == WatchdogVerdict.Frozen;
        }

        return (PlainText.Of(_url.Mask(watchdog.Reason ?? reason)), watchdog.Held(_options.MaxReconnectDelay));
    }

    /// <summary>
    /// Waits, but no longer than until a lost camera answers again. One that answers all the time refuses for another reason: asking more often would not help.
    /// </summary>
    /// <returns>Whether the camera came back.</returns>
    private async Task<bool> ReturnsWithinAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var wait = Task.Delay(delay, _clock, cancellationToken);
        try
        {
            if (_probe is not null && !await _probe.AnswersAsync(cancellationToken))
            {
                while (!wait.IsCompleted)
                {
                    await Task.WhenAny(wait, Task.Delay(ProbeInterval * (0.5 + (_random.NextDouble() / 2)), _clock, cancellationToken));
                    if (!wait.IsCompleted && await _probe.AnswersAsync(cancellationToken))
                    {
                        return true;
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return false;
    }

    private void Lose(string reason)
    {
        CameraStatus? change = null;
        lock (_gate)
        {
            if (_state != CameraState.NoSignal || _reason != reason)
            {
                change = Enter(CameraState.NoSignal, reason);
            }
        }

        if (change is not null)
        {
            LogLost(_log, Name, change.Url, reason);
            StatusChanged?.Invoke(change);
        }
    }

    /// <summary>"No signal since" is when the signal was lost, not when the latest reason for it was found.</summary>
    private CameraStatus Enter(CameraState state, string? reason)
    {
        if (_state != state)
        {
            _since = _clock.GetUtcNow();
            _rate.Clear();
            var now = _clock.GetTimestamp();
            _liveBefore += _state == CameraState.Live ? _clock.GetElapsedTime(_liveSince, now) : TimeSpan.Zero;
            _liveSince = now;
        }

        _state = state;
        _reason = reason;
        return Status;
    }

    /// <summary>Stops at the first byte that differs: next to nothing for a living camera, a pass over memory for a frozen one.</summary>
    private bool DiffersFromLatest(Frame frame)
    {
        using var latest = Frames.Latest();
        return latest is null
            || latest.Layout != frame.Layout
            || !latest.Pixels.SequenceEqual(frame.Pixels);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Camera {Camera}: live, {Width}x{Height}")]
    private static partial void LogLive(ILogger log, string camera, int width, int height);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Camera {Camera}: no signal from {Url}: {Reason}")]
    private static partial void LogLost(ILogger log, string camera, string url, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Camera {Camera}: next attempt in {Seconds:F1} s")]
    private static partial void LogRetry(ILogger log, string camera, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Camera {Camera}: its source failed unexpectedly: {Fault}")]
    private static partial void LogFault(ILogger log, string camera, string fault);
}
