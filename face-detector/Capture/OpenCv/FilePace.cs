namespace FaceEdge.Capture.OpenCv;

/// <summary>Plays a file at its own frame rate.</summary>
internal sealed class FilePace
{
    private const double Fallback = 25;

    private readonly TimeSpan _interval;
    private readonly TimeProvider _clock;
    private long _last;
    private TimeSpan _ahead;

    private FilePace(TimeSpan interval, TimeProvider clock)
    {
        _interval = interval;
        _clock = clock;
        _last = clock.GetTimestamp();
    }

    public static FilePace Of(double framesPerSecond, TimeProvider clock) =>
        new(TimeSpan.FromSeconds(1 / (framesPerSecond is > 0.1 and < 1000 ? framesPerSecond : Fallback)), clock);

    /// <summary>Waits until the next frame is due; time lost is not caught up by playing faster.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Wait(CancellationToken cancellationToken)
    {
        var now = _clock.GetTimestamp();
        _ahead += _interval - _clock.GetElapsedTime(_last, now);
        _last = now;
        if (_ahead < -_interval)
        {
            _ahead = TimeSpan.Zero;
        }
        else if (_ahead > TimeSpan.Zero)
        {
            cancellationToken.WaitHandle.WaitOne(_ahead);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
