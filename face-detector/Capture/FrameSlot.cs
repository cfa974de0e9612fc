using System.Threading.Tasks.Sources;
using FaceEdge.Imaging;

namespace FaceEdge.Capture;

/// <summary>
/// Holds a camera's newest picture. A new one replaces the old, which goes back to the pool when nobody holds it: pictures are never queued.
/// One reader may wait for the next picture; any number may look at the latest. Steady state allocates nothing.
/// </summary>
internal sealed class FrameSlot : IValueTaskSource<Frame>, IDisposable
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<Frame> _waiter = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private CancellationToken _cancellationToken;
    private Frame? _latest;
    private bool _seen = true;
    private bool _waiting;
    private bool _disposed;
    private long _awaited;
    private long _dropped;

    /// <summary>Pictures that a newer one replaced before the reader took them.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Takes over the caller's reference. After <see cref="Dispose"/> the frame goes straight back.</summary>
    public void Put(Frame frame)
    {
        Frame? old;
        var wake = false;
        lock (_gate)
        {
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

    /// <summary>The next picture newer than <paramref name="sequence"/>, at once if it is there. The caller gives the frame back.</summary>
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

            if (_latest is { } latest && latest.Sequence > sequence)
            {
                _seen = true;
                return new ValueTask<Frame>(latest.AddReference());
            }

            _waiter.Reset();
            version = _waiter.Version;
            _awaited = sequence;
            _waiting = true;
            _cancellationToken = cancellationToken;
        }

        // May run the callback right here; the lock must not be held.
        _cancellation = cancellationToken.UnsafeRegister(static slot => ((FrameSlot)slot!).Cancel(), this);
        return new ValueTask<Frame>(this, version);
    }

    /// <summary>The last picture with a reference for the caller, or null before the first; it stays when the signal is lost.</summary>
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
