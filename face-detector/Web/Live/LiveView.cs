using FaceEdge.Streaming;

namespace FaceEdge.Web.Live;

/// <summary>One camera as one page watches it: at most two pictures on the way at a time, so that a slow page skips pictures instead of lagging.</summary>
internal sealed class LiveView : IDisposable
{
    /// <summary>One being drawn and one on the wire: enough for full rate over a line of some ten milliseconds.</summary>
    private const int MaxUnderway = 2;

    private readonly CameraPipeline _pipeline;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Queue<(uint Sequence, long CapturedAt)> _underway = new(MaxUnderway);
    private FrameSubscription? _subscription;
    private TimeSpan _deliveryLatency;

    public LiveView(CameraPipeline pipeline, TimeProvider time)
    {
        _pipeline = pipeline;
        _time = time;
    }

    /// <summary>From arrival to acknowledgement of the last picture that the page drew.</summary>
    public TimeSpan DeliveryLatency
    {
        get
        {
            lock (_gate)
            {
                return _deliveryLatency;
            }
        }
    }

    /// <summary>Starts or stops watching.</summary>
    public void Watch(bool watched, Wakeup wakeup)
    {
        lock (_gate)
        {
            if (watched && _subscription is null)
            {
                _underway.Clear();
                _subscription = _pipeline.Broadcaster.Subscribe(wakeup);
            }
            else if (!watched)
            {
                _subscription?.Dispose();
                _subscription = null;
            }
        }
    }

    /// <summary>The newest picture if the page is ready for one; the caller disposes it.</summary>
    public EncodedFrame? Take()
    {
        lock (_gate)
        {
            if (_underway.Count >= MaxUnderway || _subscription?.Take() is not { } frame)
            {
                return null;
            }

            _underway.Enqueue((LivePicture.SequenceOf(frame), frame.CapturedAt));
            return frame;
        }
    }

    /// <summary>
    /// The page has drawn a picture. One that is not underway says nothing: it was sent before the page stopped to watch, and began again.
    /// </summary>
    /// <param name="sequence">Of the picture, as its header had it; null for the oldest underway.</param>
    public void Acknowledge(uint? sequence)
    {
        lock (_gate)
        {
            if (!_underway.Any(picture => sequence is null || picture.Sequence == sequence))
            {
                return;
            }

            // Pictures before it, which the page has not drawn, are not coming back either.
            (uint Sequence, long CapturedAt) drawn;
            do
            {
                drawn = _underway.Dequeue();
            }
            while (sequence is not null && drawn.Sequence != sequence);

            _deliveryLatency = _time.GetElapsedTime(drawn.CapturedAt);
            _pipeline.Metrics.Delivered(_deliveryLatency);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _subscription?.Dispose();
            _subscription = null;
        }
    }
}
