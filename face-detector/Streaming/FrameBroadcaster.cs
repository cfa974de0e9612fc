namespace FaceEdge.Streaming;

/// <summary>
/// Hands each encoded picture of a camera to all viewers. A viewer holds the newest picture only: one that is slow skips pictures
/// and slows nobody, and nothing is ever queued.
/// </summary>
internal sealed class FrameBroadcaster : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Action<int> _audienceChanged;
    private FrameSubscription[] _subscriptions = [];
    private EncodedFrame? _latest;

    /// <param name="audienceChanged">Called with the number of viewers whenever one comes or goes.</param>
    public FrameBroadcaster(Action<int> audienceChanged) => _audienceChanged = audienceChanged;

    public int Viewers => Volatile.Read(ref _subscriptions).Length;

    /// <summary>
    /// Adds a viewer; dispose the subscription when the viewer goes. While others watch, the newest picture is there at once.
    /// </summary>
    /// <param name="wakeup">Set for every picture. A viewer of several cameras gives the same one to all.</param>
    public FrameSubscription Subscribe(Wakeup wakeup)
    {
        var subscription = new FrameSubscription(this, wakeup);
        lock (_gate)
        {
            _subscriptions = [.. _subscriptions, subscription];
            if (_latest is { } latest)
            {
                subscription.Offer(latest);
            }

            _audienceChanged(_subscriptions.Length);
        }

        return subscription;
    }

    /// <summary>Hands on a picture and with it the caller's reference.</summary>
    public void Publish(EncodedFrame frame)
    {
        lock (_gate)
        {
            _latest?.Dispose();
            _latest = null;
            if (_subscriptions.Length == 0)
            {
                // The last viewer left while the picture was made; an old picture must not greet the next one.
                frame.Dispose();
                return;
            }

            _latest = frame;
            foreach (var subscription in _subscriptions)
            {
                subscription.Offer(frame);
            }
        }
    }

    /// <summary>True while the newest picture made for viewers is there.</summary>
    public bool HasPicture
    {
        get
        {
            lock (_gate)
            {
                return _latest is not null;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _latest?.Dispose();
            _latest = null;
        }
    }

    internal void Remove(FrameSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions = Array.FindAll(_subscriptions, other => other != subscription);
            if (_subscriptions.Length == 0)
            {
                _latest?.Dispose();
                _latest = null;
            }

            _audienceChanged(_subscriptions.Length);
        }
    }
}
