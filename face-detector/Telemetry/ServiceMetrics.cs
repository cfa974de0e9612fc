using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace FaceEdge.Telemetry;

/// <summary>
/// What the service measures, as instruments of one <see cref="System.Diagnostics.Metrics.Meter"/>; who exports them is decided at the edge. Names are those that
/// Prometheus shows (https://prometheus.io/docs/practices/naming/), so that there is one spelling everywhere.
/// </summary>
internal sealed class ServiceMetrics : IDisposable
{
    /// <summary>For those who listen by name, such as OpenTelemetry.</summary>
    public const string MeterName = "FaceEdge";

    /// <summary>Half a millisecond to four seconds, each bound twice the one before.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [.. Enumerable.Range(0, 14).Select(i => 0.0005 * (1 << i))] };

    private static readonly InstrumentAdvice<double> Scores = new() { HistogramBucketBoundaries = [.. Enumerable.Range(1, 20).Select(i => i / 20.0)] };

    private readonly ConcurrentQueue<CameraMetrics> _cameras = new();
    private IReadOnlyList<KeyValuePair<string, object?>>? _build;
    private Func<bool>? _ready;
    private IReadOnlyDictionary<string, long> _restarts = new Dictionary<string, long>();

    public ServiceMetrics(TimeProvider time)
    {
        FramesDetected = Meter.CreateCounter<long>("faceedge_frames_detected_total", null, "Frames that went through the model.");
        FramesEncoded = Meter.CreateCounter<long>("faceedge_frames_encoded_total", null, "Frames painted and encoded for viewers.");
        FacesFound = Meter.CreateCounter<long>("faceedge_faces_found_total", null, "Faces found, counted once a frame.");
        PeoplePassed = Meter.CreateCounter<long>("faceedge_people_passed_total", null, "People who came into view of a camera: tracks confirmed.");
        Uploads = Meter.CreateCounter<long>("faceedge_uploads_total", null, "Images handed in, by outcome.");
        StageSeconds = Meter.CreateHistogram(
            "faceedge_stage_seconds", "s", "Time in each stage of a frame: wait, preprocess, inference, decode_boxes, paint, encode, total.", null, Seconds);
        DeliverySeconds = Meter.CreateHistogram(
            "faceedge_delivery_seconds", "s", "From a frame's arrival to its acknowledgement by a page that has drawn it.", null, Seconds);
        GlassToGlassSeconds = Meter.CreateHistogram(
            "faceedge_glass_to_glass_seconds", "s", "The old name of faceedge_delivery_seconds; the next version has it no more.", null, Seconds);
        FaceScore = Meter.CreateHistogram("faceedge_face_score", null, "Confidence scores of the faces found, 0 to 1.", null, Scores);

        Count("faceedge_frames_received_total", "Frames that a camera sent.", reading => reading.Received);
        Count("faceedge_frames_dropped_total", "Frames left out: over the camera's rate limit, or replaced by a newer one before detection.", reading => reading.Dropped);
        Count("faceedge_frames_unmarked_total", "JPEG frames that came without their end marker and were shown all the same.", reading => reading.Unmarked);
        Count("faceedge_camera_reconnects_total", "Times a lost camera came back or was tried again.", reading => reading.Reconnects);
        Gauge("faceedge_camera_live", "1 while the camera sends frames.", reading => reading.Live ? 1 : 0);
        Meter.CreateObservableCounter(
            "faceedge_camera_live_seconds_total", () => ReadCameras(reading => reading.LiveTime.TotalSeconds), "s", "For how long a camera has sent frames; its rate is the share of the time.");
        Gauge("faceedge_viewers", "Streams and pages that watch a camera now.", reading => reading.Viewers);
        Gauge("faceedge_faces", "Faces in the newest frame.", reading => reading.Faces);

        var start = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        Meter.CreateObservableGauge("faceedge_start_time_seconds", () => start, "s", "When the service started, in seconds since 1970.");
        Meter.CreateObservableGauge("faceedge_ready", () => _ready?.Invoke() == true ? 1 : 0, null, "1 while /readyz says ready: there is a model, and all cameras are live.");
        Meter.CreateObservableCounter("faceedge_restarts_total", ReadRestarts, null, "Times the service started again in its pod, by how the run before ended: stopped, failed, killed.");
        Meter.CreateObservableGauge("faceedge_resident_memory_bytes", () => Environment.WorkingSet, "By", "Memory that the service's process holds, without its ffmpeg.");
        Meter.CreateObservableGauge("faceedge_build_info", Build, null, "What runs here; always 1.");
        Meter.CreateObservableGauge("faceedge_model_info", Model, null, "The model that runs; always 1.");
    }

    public Meter Meter { get; } = new(MeterName);

    /// <summary>By the label <c>outcome</c>.</summary>
    public Counter<long> Uploads { get; }

    internal Counter<long> FramesDetected { get; }

    internal Counter<long> FramesEncoded { get; }

    internal Counter<long> FacesFound { get; }

    internal Counter<long> PeoplePassed { get; }

    internal Histogram<double> StageSeconds { get; }

    internal Histogram<double> DeliverySeconds { get; }

    internal Histogram<double> GlassToGlassSeconds { get; }

    internal Histogram<double> FaceScore { get; }

    /// <summary>Says what runs here.</summary>
    /// <param name="version">Of the service.</param>
    /// <param name="commit">Empty where it is not known.</param>
    /// <param name="image">The image's reference; empty outside a container.</param>
    /// <param name="model">Its name; empty without one.</param>
    /// <param name="modelSha256">Of its file; empty without one.</param>
    /// <param name="architecture">Of the processor, such as x64.</param>
    public void Describe(string version, string commit, string image, string model, string modelSha256, string architecture) => _build =
    [
        new("version", version), new("commit", commit), new("image", image), new("model", model), new("model_sha256", modelSha256), new("architecture", architecture),
    ];

    /// <summary>Says how to ask whether the service is ready.</summary>
    public void ReadyWhen(Func<bool> ready) => _ready = ready;

    /// <summary>Says how often the service started again, by reason.</summary>
    public void Restarted(IReadOnlyDictionary<string, long> restarts) => _restarts = restarts;

    /// <summary>The metrics of one camera.</summary>
    public CameraMetrics ForCamera(string camera)
    {
        var metrics = new CameraMetrics(this, camera);
        _cameras.Enqueue(metrics);
        return metrics;
    }

    public void Dispose() => Meter.Dispose();

    private void Count(string name, string description, Func<CameraReading, long> value) =>
        Meter.CreateObservableCounter(name, () => ReadCameras(value), null, description);

    private void Gauge(string name, string description, Func<CameraReading, long> value) =>
        Meter.CreateObservableGauge(name, () => ReadCameras(value), null, description);

    private List<Measurement<T>> ReadCameras<T>(Func<CameraReading, T> value)
        where T : struct
    {
        var measurements = new List<Measurement<T>>();
        foreach (var camera in _cameras)
        {
            if (camera.Reading is { } reading)
            {
                measurements.Add(new Measurement<T>(value(reading), camera.Label));
            }
        }

        return measurements;
    }

    private IEnumerable<Measurement<long>> ReadRestarts() => _restarts.Select(one => new Measurement<long>(one.Value, new KeyValuePair<string, object?>("reason", one.Key)));

    private IEnumerable<Measurement<long>> Build() => _build is { } labels ? [new Measurement<long>(1, labels)] : [];

    private IEnumerable<Measurement<long>> Model() => _build is [_, _, _, { Value: string { Length: > 0 } } name, var sha256, _]
        ? [new Measurement<long>(1, new("name", name.Value), new("sha256", sha256.Value))]
        : [];
}
