namespace FaceEdge.Streaming;

/// <summary>One viewer's place at a <see cref="FrameBroadcaster"/>: room for the newest picture.</summary>
internal sealed class FrameSubscription : IDisposable
{
    private readonly FrameBroadcaster _broadcaster;
    private readonly Wakeup _wakeup;
    private EncodedFrame? _newest;
    private int _disposed;

    internal FrameSubscription(FrameBroadcaster broadcaster, Wakeup wakeup)
    {
        _broadcaster = broadcaster;
        _wakeup = wakeup;
    }

    /// <summary>Takes the newest picture that was not taken yet, or null; the caller disposes it.</summary>
    public EncodedFrame? Take() => Interlocked.Exchange(ref _newest, null);

    /// <summary>Leaves; a picture not taken goes back. A second call does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _broadcaster.Remove(this);
            Take()?.Dispose();
        }
    }

    /// <summary>Called under the broadcaster's lock, so that no picture arrives after <see cref="Dispose"/>.</summary>
    internal void Offer(EncodedFrame frame)
    {
        Interlocked.Exchange(ref _newest, frame.AddReference())?.Dispose();
        _wakeup.Set();
    }
}
