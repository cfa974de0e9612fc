using System.Threading.Tasks.Sources;

namespace FaceEdge.Streaming;

/// <summary>
/// Tells one waiting loop that something newer is there. Signals that come while it is busy merge into one, so a slow loop has nothing to
/// catch up with: it looks at the newest state and goes on. Allocates nothing once warm.
/// </summary>
internal sealed class Wakeup : IValueTaskSource
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _waiter = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private CancellationToken _cancellationToken;
    private bool _set;
    private bool _waiting;

    /// <summary>Wakes the loop, now or as soon as it waits again. Never blocks and never runs the loop itself.</summary>
    public void Set()
    {
        lock (_gate)
        {
            if (!_waiting)
            {
                _set = true;
                return;
            }

            _waiting = false;
        }

        _waiter.SetResult(true);
    }

    /// <summary>Waits for the next signal; one loop at a time.</summary>
    /// <exception cref="InvalidOperationException">Another loop waits already.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        short version;
        lock (_gate)
        {
            if (_waiting)
            {
                throw new InvalidOperationException("One loop waits at a time, and another one waits already.");
            }

            if (_set)
            {
                _set = false;
                return ValueTask.CompletedTask;
            }

            _waiter.Reset();
            version = _waiter.Version;
            _waiting = true;
            _cancellationToken = cancellationToken;
        }

        // May run the callback right here; the lock must not be held.
        _cancellation = cancellationToken.UnsafeRegister(static wakeup => ((Wakeup)wakeup!).Cancel(), this);
        return new ValueTask(this, version);
    }

    void IValueTaskSource.GetResult(short token)
    {
        // Waits for a callback that runs meanwhile, so that it cannot reach the next wait.
        _cancellation.Dispose();
        _waiter.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _waiter.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
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
