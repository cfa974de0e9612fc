using FaceEdge.Capture;
using FaceEdge.Contracts;
using FaceEdge.Detection;
using FaceEdge.Imaging;
using FaceEdge.Privacy;
using FaceEdge.Telemetry;
using FaceEdge.Tracking;

namespace FaceEdge.Streaming;

/// <summary>
/// The path of one camera's frames: newest frame, detector, and, as long as someone watches, painter, encoder, broadcaster.
/// One loop does it all, frame by frame; what comes in meanwhile is dropped by the slot.
/// </summary>
internal sealed class CameraPipeline : IDisposable
{
    /// <summary>Faces kept of one frame: a full stand at a stadium, and 25 KiB.</summary>
    public const int MaxFaces = 256;

    private readonly CameraCapture _camera;
    private readonly FaceDetector? _detector;
    private readonly FaceTracker? _tracker;
    private readonly HiddenFaces _hidden = new(MaxFaces);
    private readonly FrameComposer _composer;
    private readonly Func<PipelineSettings> _settings;
    private readonly ChangeFeed _changes;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly FrameRate _rate;
    private readonly FramePace _detectionPace;
    private readonly DemandPolicy _demand;
    private readonly Face[] _found = new Face[MaxFaces];
    private readonly Face[] _faces = new Face[MaxFaces];
    private readonly Interrupt _interrupt = new();
    private int _foundCount;
    private int _faceCount;
    private long _searched;
    private DetectTimings _timings;
    private bool _failing;
    private volatile CameraStatus _condition;

    /// <param name="camera">Its frames; the pipeline is the one reader of its slot.</param>
    /// <param name="detector">Owned by the pipeline from here on; null while there is no model, and frames go out without boxes.</param>
    /// <param name="imaging">Encodes.</param>
    /// <param name="options">Fixed for the run.</param>
    /// <param name="settings">Asked for each frame.</param>
    /// <param name="changes">Told of each detection and each change of state.</param>
    /// <param name="metrics">Of this camera.</param>
    /// <param name="time">The clock that stamped the camera's frames.</param>
    /// <param name="log">Of this pipeline.</param>
    public CameraPipeline(
        CameraCapture camera,
        FaceDetector? detector,
        IImagingBackend imaging,
        PipelineOptions options,
        Func<PipelineSettings> settings,
        ChangeFeed changes,
        CameraMetrics metrics,
        TimeProvider time,
        ILogger<CameraPipeline> log)
    {
        _camera = camera;
        _detector = detector;
        _tracker = options.Tracking ? new FaceTracker(MaxFaces) : null;
        _settings = settings;
        _changes = changes;
        _time = time;
        _log = log;
        _condition = camera.Status;
        _rate = new FrameRate(time);
        _detectionPace = new FramePace(options.MaxDetectionsPerSecond, time);
        _demand = new DemandPolicy(options.MaxDetectionsPerSecond, options.Idle, time);
        _composer = new FrameComposer(imaging, options.JpegQuality, metrics, time);
        Metrics = metrics;
        metrics.Observe(ReadMetrics);
        Broadcaster = new FrameBroadcaster(_interrupt.Raise);
        Broadcaster.Require(settings().Privacy);
        camera.StatusChanged += ObserveStatus;
    }

    /// <summary>Told of each frame that was searched; runs in the pipeline's loop and must not block.</summary>
    public event Action<FaceObservation>? Observed;

    public string Name => _camera.Name;

    /// <summary>The camera's status now, figures and all.</summary>
    public CameraStatus Status => _camera.Status;

    /// <summary>The status when its state or reason last changed: another object means another condition.</summary>
    public CameraStatus Condition => _condition;

    public CameraMetrics Metrics { get; }

    public FrameBroadcaster Broadcaster { get; }

    public LatestDetections Detections { get; } = new(MaxFaces);

    /// <summary>Frames a second that came through the pipeline.</summary>
    public double FramesPerSecond
    {
        get
        {
            lock (_rate)
            {
                return _rate.PerSecond();
            }
        }
    }

    /// <summary>What frames show of people now.</summary>
    public PrivacyMode Privacy => _settings().Privacy;

    /// <summary>Settings were changed: when this returns, no viewer gets a frame that shows more than they let.</summary>
    public void TakeSettings()
    {
        Broadcaster.Require(Privacy);
        _interrupt.Raise();
    }

    /// <summary>Takes frames until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = cancellationToken.UnsafeRegister(static interrupt => ((Interrupt)interrupt!).Raise(), _interrupt);
        var sequence = 0L;
        while (true)
        {
            try
            {
                // Checked here and not only when a wait is interrupted: where frames come faster than they are processed, there is never a wait.
                var called = _interrupt.Clear();
                if (cancellationToken.IsCancellationRequested)
                {
                    return;
                }

                if (called)
                {
                    ShowState();
                }

                _camera.Demand = _demand.Decide(Broadcaster.Viewers > 0);

                using var frame = await _camera.Frames.NextAsync(sequence, _interrupt.Token);
                sequence = frame.Sequence;
                Process(frame);
                _failing = false;
            }
            catch (OperationCanceledException)
            {
                // The wait was interrupted.
            }
            catch (Exception exception) when (exception is not OutOfMemoryException and not ObjectDisposedException)
            {
                // One frame that a native library chokes on must not end the camera, and a row of them must not fill the log.
                if (!_failing)
                {
                    PipelineLog.FrameFailed(_log, Name, exception);
                }

                _failing = true;
            }
        }
    }

    /// <summary>Call when <see cref="RunAsync"/> has ended.</summary>
    public void Dispose()
    {
        _camera.StatusChanged -= ObserveStatus;
        Broadcaster.Dispose();
        _composer.Dispose();
        _detector?.Dispose();
        _interrupt.Dispose();
    }

    private void Process(Frame frame)
    {
        lock (_rate)
        {
            _rate.Add(_time.GetTimestamp());
        }

        Metrics.Spent(Stage.Wait, _time.GetElapsedTime(frame.CapturedAt));
        _demand.Look(frame.View);
        var settings = _settings();
        if (_detector is not null && IsDetectionDue())
        {
            Detect(frame, settings, _detector);
        }

        // After a freeze frames still come, and none of them shows the present. Where faces are hidden, boxes of the frame before would uncover who moved.
        if (Broadcaster.Viewers > 0 && _condition.State == CameraState.Live && (settings.Privacy == PrivacyMode.None || IsSearched(frame)))
        {
            Show(frame, settings, Broadcaster.Due(frame.CapturedAt));
        }

        Metrics.Spent(Stage.Total, _time.GetElapsedTime(frame.CapturedAt));
    }

    private void Detect(Frame frame, PipelineSettings settings, FaceDetector detector)
    {
        Search(frame, settings, detector);
        var newTracks = Track(frame, settings.Threshold);
        var at = _time.GetUtcNow() - _time.GetElapsedTime(frame.CapturedAt);
        Detections.Publish(new DetectionHeader(frame.Sequence, at, frame.Width, frame.Height, _timings), _faces.AsSpan(0, _faceCount));
        Metrics.Detected(_faceCount);
        foreach (ref readonly var face in _found.AsSpan(0, CountFrom(settings.Threshold)))
        {
            Metrics.Found(face.Score);
        }

        Metrics.Spent(Stage.Preprocess, _timings.Preprocess);
        Metrics.Spent(Stage.Inference, _timings.Inference);
        Metrics.Spent(Stage.DecodeBoxes, _timings.DecodeBoxes);
        Observed?.Invoke(new FaceObservation(at, _faceCount, newTracks));
        _changes.Notify();
    }

    /// <summary>Finds faces, and what must be hidden of them.</summary>
    private void Search(Frame frame, PipelineSettings settings, FaceDetector detector)
    {
        var threshold = _tracker is null ? settings.Threshold : FaceTracker.WeakThreshold(settings.Threshold);
        threshold = settings.Privacy == PrivacyMode.None ? threshold : HiddenFaces.SearchThreshold(threshold);
        _foundCount = detector.Detect(frame.View, threshold, _found, out _timings);
        if (settings.Privacy != PrivacyMode.None)
        {
            _hidden.Update(_found.AsSpan(0, _foundCount), detector.FoundAll, TakenAt(frame), frame.Width, frame.Height);
            _searched = frame.Sequence;
        }
    }

    private bool IsSearched(Frame frame) => _searched == frame.Sequence;

    private TimeSpan TakenAt(Frame frame) => _time.GetElapsedTime(0, frame.CapturedAt);

    /// <summary>Makes what was found into what is shown.</summary>
    /// <returns>Tracks that this frame confirmed.</returns>
    private int Track(Frame frame, float threshold)
    {
        if (_tracker is null)
        {
            _faceCount = CountFrom(threshold);
            _found.AsSpan(0, _faceCount).CopyTo(_faces);
            return 0;
        }

        var before = _tracker.Confirmed;
        _tracker.Update(_found.AsSpan(0, CountFrom(FaceTracker.WeakThreshold(threshold))), threshold, TakenAt(frame), frame.Width, frame.Height);
        _faceCount = _tracker.CopyShown(_faces);
        return _tracker.Confirmed - before;
    }

    /// <summary>How many of the faces found reach a score.</summary>
    private int CountFrom(float score)
    {
        var count = 0;
        while (count < _foundCount && _found[count].Score >= score)
        {
            count++;
        }

        return count;
    }

    /// <summary>What must be hidden in a frame: where it was not searched, everything.</summary>
    private Hiding HidingIn(Frame? frame, PipelineSettings settings) => settings.Privacy == PrivacyMode.None
        ? Hiding.Nothing
        : new Hiding(settings.Privacy, _hidden.Regions, _hidden.Everything || (frame is not null && !IsSearched(frame)));

    private bool IsDetectionDue()
    {
        var now = _time.GetTimestamp();
        if (!_detectionPace.IsDue(now))
        {
            return false;
        }

        _detectionPace.Passed(now);
        return true;
    }

    private CameraReading ReadMetrics()
    {
        var status = _camera.Status;
        return new CameraReading(
            status.FramesIn, status.FramesDropped, status.FramesUnmarked, status.Reconnects, status.State == CameraState.Live, status.LiveTime, Broadcaster.Viewers, Detections.Summary().Faces);
    }

    /// <summary>Runs on the thread that changed the state: only wakes the loop.</summary>
    private void ObserveStatus(CameraStatus status) => _interrupt.Raise();

    private void ShowState()
    {
        var status = _camera.Status;
        var changed = status.State != _condition.State || status.Reason != _condition.Reason;
        if (changed)
        {
            _condition = status;
            if (status.State != CameraState.Live)
            {
                ForgetFaces();
            }

            _changes.Notify();
        }

        // A viewer who comes to a camera that sends nothing, or seldom, should not wait for its next frame.
        var wanted = changed ? Broadcaster.Hurry() : Broadcaster.Lacking();
        if (wanted.IsEmpty)
        {
            return;
        }

        using var latest = _camera.Frames.Latest();
        var settings = _settings();
        if (latest is not null && settings.Privacy != PrivacyMode.None && !IsSearched(latest) && _detector is not null)
        {
            Search(latest, settings, _detector);
        }

        if (status.State != CameraState.Live)
        {
            _composer.ComposeNotice(latest, HidingIn(latest, settings), status, wanted, Broadcaster);
        }
        else if (latest is not null)
        {
            Show(latest, settings, wanted);
        }
    }

    private void Show(Frame frame, PipelineSettings settings, RenditionSet wanted) =>
        _composer.Compose(frame, HidingIn(frame, settings), _faces.AsSpan(0, _faceCount), settings.Mode, _timings, wanted, Broadcaster);

    /// <summary>Boxes of a frame that is no longer live would say that someone is there.</summary>
    private void ForgetFaces()
    {
        _faceCount = 0;
        _tracker?.Clear();
        Detections.Clear();
    }
}
