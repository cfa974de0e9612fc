namespace FaceEdge.Streaming;

/// <summary>Interrupts a loop's wait, any number of times. Cancels a token for each call, so it is for rare events only.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly Lock _gate = new();
    private CancellationTokenSource _source = new();
    private bool _disposed;

    /// <summary>Give this to the wait.</summary>
    public CancellationToken Token
    {
        get
        {
            lock (_gate)
            {
                return _source.Token;
            }
        }
    }

    /// <summary>Calls the loop; calls before it clears the interrupt merge into one.</summary>
    public void Raise()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                // The waiter's continuation must not run under the lock of whoever raises.
                _ = _source.CancelAsync();
            }
        }
    }

    /// <summary>The loop has noticed: the next wait is undisturbed until the next call.</summary>
    /// <returns>Whether there was a call.</returns>
    public bool Clear()
    {
        lock (_gate)
        {
            if (!_source.IsCancellationRequested)
            {
                return false;
            }

            _source.Dispose();
            _source = new CancellationTokenSource();
            return true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _source.Dispose();
        }
    }
}
