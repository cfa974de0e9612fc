namespace FaceEdge.Web.Live;

/// <summary>
/// Measures the line to one page by its acknowledgements, and finds the highest rung whose frames it carries. Whatever keeps the page from drawing
/// counts as the line: a slow device is spared like a slow network.
/// </summary>
/// <remarks>
/// A frame takes the line from when it was sent, or the frame before it was through, until it is acknowledged, less the least time that any frame took
/// lately: a long path, on which frames travel beside each other, is not a slow one. Not thread-safe, but for <see cref="State"/>.
/// </remarks>
internal sealed class PageLine
{
    /// <summary>Where a page begins: its first frame is there soon on any line, and on a fast one it reaches the top within a second.</summary>
    private const int FirstRung = 4;

    /// <summary>A line that is busier falls behind: the page is taken down.</summary>
    private const double Overload = 0.9;

    /// <summary>How busy the line may be on the rung to which the page is taken down.</summary>
    private const double Bearable = 0.8;

    /// <summary>How busy the line may be on the next rung for the page to be taken up.</summary>
    private const double Room = 0.6;

    /// <summary>How much of what was measured stays in the mean with each frame: the last four make two thirds of it.</summary>
    private const double Memory = 0.75;

    /// <summary>Frames of a rung before it is judged too high: one may be held up by chance.</summary>
    private const int Judged = 3;

    /// <summary>How long the least time of a frame is remembered.</summary>
    private static readonly TimeSpan LeastTimeMemory = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan FirstHold = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(1);

    /// <summary>A rung that was held so long was no failed attempt.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private TimeSpan _hold;
    private TimeSpan _least = TimeSpan.MaxValue;
    private TimeSpan _leastBefore = TimeSpan.MaxValue;
    private long _leastSince;
    private long _acknowledgedAt = long.MinValue;
    private long _changedAt;
    private bool _climbed;
    private double _busySeconds;
    private double _seconds;
    private double _bytes;
    private double _frameBytes;
    private int _frames;
    private volatile LineState _state = new(FirstRung, false, 0);

    public PageLine(TimeProvider time)
    {
        _time = time;
        _changedAt = _leastSince = time.GetTimestamp();
    }

    public LineState State => _state;

    /// <summary>Takes the measure of a frame that the page has drawn just now.</summary>
    /// <param name="frame">As it was sent.</param>
    /// <param name="offered">Frames a second of each camera that the page watches.</param>
    /// <returns>Whether the page is on another rung now.</returns>
    public bool Measure(in SentFrame frame, ReadOnlySpan<double> offered)
    {
        var now = _time.GetTimestamp();
        Add(frame, now);
        if (frame.Rung != _state.Rung)
        {
            return false;
        }

        _frames++;
        _frameBytes = _frames == 1 ? frame.Bytes : (_frameBytes * Memory) + (frame.Bytes * (1 - Memory));
        var rung = _state.Rung;
        if (_frames >= Judged && rung < Rung.Ladder.Length - 1 && Load(rung, offered) > Overload)
        {
            Descend(offered, now);
            return true;
        }

        if (rung > 0 && _time.GetElapsedTime(_changedAt, now) >= _hold && Load(rung - 1, offered) <= Room)
        {
            _climbed = true;
            Change(new LineState(rung - 1, _state.Slow && rung > 1, _state.BitsPerSecond), now);
            return true;
        }

        return false;
    }

    /// <summary>What share of the line's time the frames of a rung take.</summary>
    private double Load(int rung, ReadOnlySpan<double> offered)
    {
        var step = Rung.Ladder[rung];
        var perSecond = 0.0;
        foreach (var camera in offered)
        {
            perSecond += Math.Min(camera, step.FramesPerSecond ?? camera);
        }

        return _busySeconds / _bytes * _frameBytes * step.Weight / Rung.Ladder[_state.Rung].Weight * perSecond;
    }

    private void Descend(ReadOnlySpan<double> offered, long now)
    {
        // An attempt that failed ends where it began, and is made less often from then on.
        var failed = _climbed && _hold > TimeSpan.Zero && _time.GetElapsedTime(_changedAt, now) < Settled;
        var rung = _state.Rung + 1;
        while (!failed && rung < Rung.Ladder.Length - 1 && Load(rung, offered) > Bearable)
        {
            rung++;
        }

        _hold = failed ? Min(_hold * 2, LongestHold) : FirstHold;
        _climbed = false;
        Change(new LineState(rung, true, 8 * _bytes / _seconds), now);
    }

    private void Change(LineState state, long now)
    {
        _changedAt = now;
        _frames = 0;
        _frameBytes *= Rung.Ladder[state.Rung].Weight / Rung.Ladder[_state.Rung].Weight;
        _state = state;
    }

    private void Add(in SentFrame frame, long now)
    {
        var took = _time.GetElapsedTime(frame.SentAt, now);
        if (_time.GetElapsedTime(_leastSince, now) > LeastTimeMemory)
        {
            (_leastBefore, _least, _leastSince) = (_least, TimeSpan.MaxValue, now);
        }

        _least = Min(_least, took);
        var alone = _acknowledgedAt == long.MinValue ? took : Min(took, _time.GetElapsedTime(_acknowledgedAt, now));
        _acknowledgedAt = now;
        _busySeconds = (_busySeconds * Memory) + Min(alone, took - Min(_least, _leastBefore)).TotalSeconds;
        _seconds = (_seconds * Memory) + alone.TotalSeconds;
        _bytes = (_bytes * Memory) + frame.Bytes;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
