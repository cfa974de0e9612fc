using Prometheus;

namespace FaceEdge.Telemetry;

/// <summary>The service's Prometheus metrics, one registry a host.</summary>
internal sealed class ServiceMetrics
{
    /// <summary>Half a millisecond to four seconds, each bound twice the one before.</summary>
    private static readonly double[] StageBuckets = Histogram.ExponentialBuckets(0.0005, 2, 14);

    private static readonly string[] CameraLabel = ["camera"];

    private readonly Counter _framesReceived;
    private readonly Counter _framesDropped;
    private readonly Counter _framesUnmarked;
    private readonly Counter _framesDetected;
    private readonly Counter _framesEncoded;
    private readonly Counter _facesFound;
    private readonly Counter _reconnects;
    private readonly Gauge _viewers;
    private readonly Gauge _live;
    private readonly Gauge _faces;
    private readonly Histogram _stages;
    private readonly Histogram _delivery;
    private readonly Gauge _model;

    public ServiceMetrics()
    {
        Registry = Metrics.NewCustomRegistry();
        DotNetStats.Register(Registry);
        var factory = Metrics.WithCustomRegistry(Registry);
        _framesReceived = factory.CreateCounter("faceedge_frames_received_total", "Pictures that a camera sent.", CameraLabel);
        _framesDropped = factory.CreateCounter(
            "faceedge_frames_dropped_total", "Pictures that a newer one replaced before detection.", CameraLabel);
        _framesUnmarked = factory.CreateCounter(
            "faceedge_frames_unmarked_total", "JPEG pictures that came without their end marker and were shown all the same.", CameraLabel);
        _framesDetected = factory.CreateCounter("faceedge_frames_detected_total", "Pictures that went through the model.", CameraLabel);
        _framesEncoded = factory.CreateCounter("faceedge_frames_encoded_total", "Pictures painted and encoded for viewers.", CameraLabel);
        _facesFound = factory.CreateCounter("faceedge_faces_found_total", "Faces found, counted once a picture.", CameraLabel);
        _reconnects = factory.CreateCounter("faceedge_camera_reconnects_total", "Times a lost camera came back or was tried again.", CameraLabel);
        _viewers = factory.CreateGauge("faceedge_viewers", "Streams and pages that watch a camera now.", CameraLabel);
        _live = factory.CreateGauge("faceedge_camera_live", "1 while the camera sends pictures.", CameraLabel);
        _faces = factory.CreateGauge("faceedge_faces", "Faces in the newest picture.", CameraLabel);
        _stages = factory.CreateHistogram(
            "faceedge_stage_seconds",
            "Time in each stage of a picture's way: wait, preprocess, inference, decode_boxes, paint, encode, total.",
            ["camera", "stage"],
            new HistogramConfiguration { Buckets = StageBuckets });
        _delivery = factory.CreateHistogram(
            "faceedge_glass_to_glass_seconds",
            "From a picture's arrival to its acknowledgement by a page that has drawn it.",
            CameraLabel,
            new HistogramConfiguration { Buckets = StageBuckets });
        _model = factory.CreateGauge("faceedge_model_info", "The model that runs; always 1.", ["name", "sha256"]);
        Uploads = factory.CreateCounter("faceedge_uploads_total", "Pictures handed in, by outcome.", ["outcome"]);
    }

    public CollectorRegistry Registry { get; }

    public Counter Uploads { get; }

    public void UseModel(string name, string sha256) => _model.WithLabels(name, sha256).Set(1);

    /// <summary>Runs before each answer to /metrics, for figures that others count.</summary>
    public void BeforeScrape(Action update) => Registry.AddBeforeCollectCallback(update);

    /// <summary>The metrics of one camera, with the label looked up once.</summary>
    public CameraMetrics ForCamera(string camera) => new(
        _framesReceived.WithLabels(camera),
        _framesDropped.WithLabels(camera),
        _framesUnmarked.WithLabels(camera),
        _framesDetected.WithLabels(camera),
        _framesEncoded.WithLabels(camera),
        _facesFound.WithLabels(camera),
        _reconnects.WithLabels(camera),
        _viewers.WithLabels(camera),
        _live.WithLabels(camera),
        _faces.WithLabels(camera),
        _delivery.WithLabels(camera),
        new StageMetrics(
            _stages.WithLabels(camera, "wait"),
            _stages.WithLabels(camera, "preprocess"),
            _stages.WithLabels(camera, "inference"),
            _stages.WithLabels(camera, "decode_boxes"),
            _stages.WithLabels(camera, "paint"),
            _stages.WithLabels(camera, "encode"),
            _stages.WithLabels(camera, "total")));
}
