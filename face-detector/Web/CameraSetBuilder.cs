using FaceEdge.Capture;
using FaceEdge.Configuration;
using FaceEdge.Contracts;
using FaceEdge.Imaging;
using FaceEdge.Streaming;
using FaceEdge.Telemetry;

namespace FaceEdge.Web;

/// <summary>Makes capture and pipeline of each configured camera.</summary>
internal sealed class CameraSetBuilder
{
    private readonly ServiceOptions _options;
    private readonly SettingsStore _settings;
    private readonly ImagingSelection _imaging;
    private readonly LoadedModel _model;
    private readonly ChangeFeed _changes;
    private readonly ServiceMetrics _metrics;
    private readonly IHostApplicationLifetime _host;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _log;

    public CameraSetBuilder(
        ServiceOptions options,
        SettingsStore settings,
        ImagingSelection imaging,
        LoadedModel model,
        ChangeFeed changes,
        ServiceMetrics metrics,
        IHostApplicationLifetime host,
        TimeProvider time,
        ILoggerFactory log)
    {
        _options = options;
        _settings = settings;
        _imaging = imaging;
        _model = model;
        _changes = changes;
        _metrics = metrics;
        _host = host;
        _time = time;
        _log = log;
    }

    public CameraSet Build()
    {
        var sources = new FrameSourceFactory(_imaging.Backend, _time, _options.Capture.HardwareDecode);
        var pipelineOptions = new PipelineOptions(_options.Detector.MaxFramesPerSecond, _options.Stream.JpegQuality, _options.Detector.Tracking, _options.Capture.Idle);
        var cameras = _options.Cameras.Select(options => BuildCamera(options, sources, pipelineOptions)).ToArray();
        _settings.Changed += _changes.Notify;
        return new CameraSet(cameras, _host, _time, _log.CreateLogger<CameraSet>());
    }

    private Camera BuildCamera(CameraOptions options, FrameSourceFactory sources, PipelineOptions pipelineOptions)
    {
        var source = sources.Create(options);
        var capture = new CameraCapture(source, options, _time, _log.CreateLogger<CameraCapture>());
        var pipeline = new CameraPipeline(
            capture,
            _model.CreateDetector(),
            _imaging.Backend,
            pipelineOptions,
            () => CurrentSettings(options.Privacy),
            _changes,
            _metrics.ForCamera(options.Name),
            _time,
            _log.CreateLogger<CameraPipeline>());
        _settings.Changed += pipeline.TakeSettings;
        return new Camera(source, capture, pipeline);
    }

    /// <param name="least">What this camera hides whatever the site does.</param>
    private PipelineSettings CurrentSettings(PrivacyMode least)
    {
        var settings = _settings.Current;
        var privacy = settings.Privacy > least ? settings.Privacy : least;
        return new PipelineSettings(settings.Mode, (float)(settings.Threshold ?? _model.ScoreThreshold), privacy);
    }
}
