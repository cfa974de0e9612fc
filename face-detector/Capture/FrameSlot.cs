using System.Threading.Tasks.Sources;
using FaceEdge.Imaging;

namespace FaceEdge.Capture;

/// <summary>
/// Holds a camera's newest frame. A new one replaces the old, which goes back to the pool when nobody holds it: frames are never queued.
/// One reader may wait for the next frame; any number may look at the latest. Steady state allocates nothing.
/// </summary>
/// <remarks>
/// A reader that needs little of the time between two frames works on the thread that puts them: no thread is woken for it, and the pixels are still in
/// the processor's cache. One that needs more works on the pool, so that the source is read on meanwhile.
/// </remarks>
internal sealed class FrameSlot : IValueTaskSource<Frame>, IDisposable
{
    /// <summary>The part of the time between two frames that a reader may need on the thread that puts them.</summary>
    private const int BriefPart = 8;

    private const long Never = long.MinValue;

    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<Frame> _waiter;
    private CancellationTokenRegistration _cancellation;
    private CancellationToken _cancellationToken;
    private Frame? _latest;
    private bool _seen = true;
    private bool _waiting;
    private bool _disposed;
    private long _awaited;
    private long _dropped;
    private long _put;
    private long _taken = Never;
    private long _workTime = long.MaxValue;

    /// <param name="clock">Tells how long the reader works on a frame.</param>
    public FrameSlot(TimeProvider clock) => _clock = clock;

    /// <summary>Frames that a newer one replaced before the reader took them.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Takes over the caller's reference. After <see cref="Dispose"/> the frame goes straight back.</summary>
    public void Put(Frame frame)
    {
        Frame? old;
        var wake = false;
        lock (_gate)
        {
            var now = _clock.GetTimestamp();
            var isBrief = _workTime < (now - _put) / BriefPart;
            _put = now;
            if (_disposed)
            {
                old = frame;
            }
            else
            {
                old = _latest;
                if (!_seen)
                {
                    Interlocked.Increment(ref _dropped);
                }

                _latest = frame;
                wake = _waiting && frame.Sequence > _awaited;
                _seen = wake;
                if (wake)
                {
                    _waiting = false;
                    _taken = now;
                    _waiter.RunContinuationsAsynchronously = !isBrief;
                    frame.AddReference();
                }
            }
        }

        old?.Dispose();
        if (wake)
        {
            _waiter.SetResult(frame);
        }
    }

    /// <summary>The next frame newer than <paramref name="sequence"/>, at once if it is there. The caller gives the frame back.</summary>
    /// <exception cref="InvalidOperationException">Another reader waits already.</exception>
    /// <exception cref="ObjectDisposedException">The camera was shut down.</exception>
    public ValueTask<Frame> NextAsync(long sequence, CancellationToken cancellationToken)
    {
        short version;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_waiting)
            {
                throw new InvalidOperationException("The slot has one reader; another one waits already.");
            }

            var now = _clock.GetTimestamp();
            _workTime = _taken == Never ? _workTime : now - _taken;
            _taken = Never;
            if (_latest is { } latest && latest.Sequence > sequence)
            {
                _seen = true;
                _taken = now;
                return new ValueTask<Frame>(latest.AddReference());
            }

            _waiter.Reset();
            _waiter.RunContinuationsAsynchronously = true;
            version = _waiter.Version;
            _awaited = sequence;
            _waiting = true;
            _cancellationToken = cancellationToken;
        }

        // May run the callback right here; the lock must not be held.
        _cancellation = cancellationToken.UnsafeRegister(static slot => ((FrameSlot)slot!).Cancel(), this);
        return new ValueTask<Frame>(this, version);
    }

    /// <summary>The last frame with a reference for the caller, or null before the first; it stays when the signal is lost.</summary>
    public Frame? Latest()
    {
        lock (_gate)
        {
            return _latest?.AddReference();
        }
    }

    public void Dispose()
    {
        Frame? old;
        bool wake;
        lock (_gate)
        {
            (old, _latest) = (_latest, null);
            wake = _waiting;
            _waiting = false;
            _disposed = true;
        }

        old?.Dispose();
        if (wake)
        {
            _waiter.SetException(new ObjectDisposedException(nameof(FrameSlot)));
        }
    }

    Frame IValueTaskSource<Frame>.GetResult(short token)
    {
        _cancellation.Dispose();
        return _waiter.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<Frame>.GetStatus(short token) => _waiter.GetStatus(token);

    void IValueTaskSource<Frame>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _waiter.OnCompleted(continuation, state, token, flags);

    private void Cancel()
    {
        lock (_gate)
        {
            if (!_waiting)
            {
                return;
            }

            _waiting = false;
        }

        _waiter.SetException(new OperationCanceledException(_cancellationToken));
    }
}
