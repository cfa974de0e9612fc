using FaceEdge.Capture;
using FaceEdge.Contracts;

namespace FaceEdge.Streaming;

/// <summary>One viewer's place at a <see cref="FrameBroadcaster"/>: room for the newest frame.</summary>
internal sealed class FrameSubscription : IDisposable
{
    private readonly FrameBroadcaster _broadcaster;
    private readonly Wakeup _wakeup;
    private FramePace? _pace;
    private EncodedFrame? _newest;
    private int _disposed;

    internal FrameSubscription(FrameBroadcaster broadcaster, Wakeup wakeup, Rendition rendition, FramePace? pace)
    {
        _broadcaster = broadcaster;
        _wakeup = wakeup;
        Rendition = rendition;
        _pace = pace;
    }

    internal Rendition Rendition { get; private set; }

    /// <summary>Takes the newest frame that was not taken yet, or null; the caller disposes it.</summary>
    public EncodedFrame? Take() => Interlocked.Exchange(ref _newest, null);

    /// <summary>Asks for frames of another kind from the next one on.</summary>
    /// <param name="rendition">How wide and how fine.</param>
    /// <param name="pace">How often; null for every frame.</param>
    public void Change(Rendition rendition, FramePace? pace) => _broadcaster.Change(this, rendition, pace);

    /// <summary>Leaves; a frame not taken goes back. A second call does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _broadcaster.Remove(this);
            Take()?.Dispose();
        }
    }

    // What follows is called under the broadcaster's lock, so that no frame arrives after Dispose.

    internal bool IsDue(long at) => _pace?.IsDue(at) ?? true;

    /// <summary>The next frame is due whenever it comes.</summary>
    internal void Hurry() => _pace?.Reset();

    internal void Set(Rendition rendition, FramePace? pace) => (Rendition, _pace) = (rendition, pace);

    internal void OfferWhenDue(EncodedFrame frame)
    {
        if (!IsDue(frame.CapturedAt))
        {
            return;
        }

        _pace?.Passed(frame.CapturedAt);
        Interlocked.Exchange(ref _newest, frame.AddReference())?.Dispose();
        _wakeup.Set();
    }

    /// <summary>Takes back a frame that shows more than the mode lets.</summary>
    internal void Withdraw(PrivacyMode mode)
    {
        // Only a newer frame replaces this one, and none is published meanwhile.
        if (Take() is { } waiting)
        {
            if (waiting.Privacy < mode)
            {
                waiting.Dispose();
                Hurry();
            }
            else
            {
                Interlocked.Exchange(ref _newest, waiting)?.Dispose();
                _wakeup.Set();
            }
        }
    }
}
