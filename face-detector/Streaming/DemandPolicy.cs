using FaceEdge.Capture;
using FaceEdge.Imaging;

namespace FaceEdge.Streaming;

/// <summary>
/// Which of a camera's frames are needed: all while somebody watches; no more than are searched when nobody does; and, where idling is allowed, key frames alone
/// until something moves. One loop calls it.
/// </summary>
internal sealed class DemandPolicy
{
    /// <summary>How long nothing must move, or nobody watch, before less is asked for: a page that is opened again should not wait.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(10);

    /// <summary>Between two looks: a person who walks moves by a cell in that time.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(0.5);

    private readonly int _maxDetections;
    private readonly TimeProvider _time;
    private readonly MotionWatch? _motion;
    private long _looked;
    private long _moved;
    private long _watched;

    /// <param name="maxDetections">Frames a second that are searched; 0 takes all.</param>
    /// <param name="idle">Whether key frames are enough while nothing moves.</param>
    /// <param name="time">The clock.</param>
    public DemandPolicy(int maxDetections, IdleMode idle, TimeProvider time)
    {
        _maxDetections = maxDetections;
        _time = time;
        _motion = idle == IdleMode.KeyFrames ? new MotionWatch() : null;
        _looked = _moved = _watched = time.GetTimestamp();
    }

    /// <summary>Looks at a frame for what moves.</summary>
    public void Look(in FrameView frame)
    {
        var now = _time.GetTimestamp();
        if (_motion is null || _time.GetElapsedTime(_looked, now) < LookInterval)
        {
            return;
        }

        _looked = now;
        if (_motion.Look(frame))
        {
            _moved = now;
        }
    }

    /// <param name="isWatched">Whether somebody watches now.</param>
    public FrameDemand Decide(bool isWatched)
    {
        var now = _time.GetTimestamp();
        if (isWatched)
        {
            _watched = now;
        }

        if (_time.GetElapsedTime(_watched, now) < Hold)
        {
            return FrameDemand.All;
        }

        return _motion is not null && _time.GetElapsedTime(_moved, now) >= Hold
            ? new FrameDemand(KeyFramesOnly: true, MaxPerSecond: 0)
            : new FrameDemand(KeyFramesOnly: false, _maxDetections);
    }
}
