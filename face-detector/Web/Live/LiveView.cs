using FaceEdge.Capture;
using FaceEdge.Streaming;

namespace FaceEdge.Web.Live;

/// <summary>One camera as one page watches it: at most two frames on the way at a time, so that a slow page skips frames instead of lagging.</summary>
internal sealed class LiveView : IDisposable
{
    /// <summary>One being drawn and one on the wire: enough for full rate over a line of some ten milliseconds.</summary>
    private const int MaxUnderway = 2;

    private readonly CameraPipeline _pipeline;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Queue<SentFrame> _underway = new(MaxUnderway);
    private FrameSubscription? _subscription;
    private TimeSpan _deliveryLatency;
    private int _rung;
    private int? _shown;

    public LiveView(CameraPipeline pipeline, TimeProvider time)
    {
        _pipeline = pipeline;
        _time = time;
    }

    /// <summary>From arrival to acknowledgement of the last frame that the page drew.</summary>
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

    /// <summary>Frames a second that the camera has for the page; 0 while it is not watched.</summary>
    public double OfferedPerSecond
    {
        get
        {
            lock (_gate)
            {
                return _subscription is null ? 0 : _pipeline.FramesPerSecond;
            }
        }
    }

    /// <summary>Starts or stops watching.</summary>
    /// <param name="watched">Which of them.</param>
    /// <param name="shown">How wide the frames are shown, in pixels of the screen; null where all that there is is wanted.</param>
    /// <param name="rung">Where on the ladder the page stands.</param>
    /// <param name="wakeup">Set for every frame.</param>
    public void Watch(bool watched, int? shown, int rung, Wakeup wakeup)
    {
        lock (_gate)
        {
            if (watched && _subscription is null)
            {
                _underway.Clear();
                (_rung, _shown) = (rung, shown);
                _subscription = _pipeline.Broadcaster.Subscribe(wakeup, RenditionOf(rung), PaceOf(rung));
            }
            else if (watched && _shown != shown)
            {
                _shown = shown;
                _subscription?.Change(RenditionOf(_rung), PaceOf(_rung));
            }
            else if (!watched)
            {
                _subscription?.Dispose();
                _subscription = null;
            }
        }
    }

    /// <summary>Goes on with the frames of another rung.</summary>
    public void Step(int rung)
    {
        lock (_gate)
        {
            _rung = rung;
            _subscription?.Change(RenditionOf(rung), PaceOf(rung));
        }
    }

    /// <summary>The newest frame if the page is ready for one; the caller disposes it.</summary>
    public EncodedFrame? Take()
    {
        lock (_gate)
        {
            if (_underway.Count >= MaxUnderway || _subscription?.Take() is not { } frame)
            {
                return null;
            }

            _underway.Enqueue(new SentFrame(LiveFrame.SequenceOf(frame), frame.CapturedAt, _time.GetTimestamp(), frame.Jpeg.Length, _rung));
            return frame;
        }
    }

    /// <summary>
    /// The page has drawn a frame. One that is not underway says nothing: it was sent before the page stopped to watch, and began again.
    /// </summary>
    /// <param name="sequence">Of the frame, as its header had it; null for the oldest underway.</param>
    /// <returns>The frame as it was sent, or null.</returns>
    public SentFrame? Acknowledge(uint? sequence)
    {
        lock (_gate)
        {
            if (!_underway.Any(frame => sequence is null || frame.Sequence == sequence))
            {
                return null;
            }

            // Frames before it, which the page has not drawn, are not coming back either.
            SentFrame drawn;
            do
            {
                drawn = _underway.Dequeue();
            }
            while (sequence is not null && drawn.Sequence != sequence);

            _deliveryLatency = _time.GetElapsedTime(drawn.CapturedAt);
            _pipeline.Metrics.Delivered(_deliveryLatency);
            return drawn;
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

    private Rendition RenditionOf(int rung) => Rung.Ladder[rung].Rendition.Covering(_shown);

    private FramePace? PaceOf(int rung) => Rung.Ladder[rung].FramesPerSecond is { } perSecond ? new FramePace(perSecond, _time) : null;
}
