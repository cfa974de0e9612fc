using FaceEdge.Capture;
using FaceEdge.Configuration;
using FaceEdge.Detection;
using FaceEdge.Streaming;
using FaceEdge.Web.Api;

namespace FaceEdge.Web;

/// <summary>What the service would tell of itself at this moment: the one place from which the API, the events and the health answers read.</summary>
internal sealed class ServiceState
{
    private readonly CameraSet _cameras;
    private readonly SettingsStore _settings;
    private readonly LoadedModel _model;
    private readonly TimeProvider _time;

    public ServiceState(CameraSet cameras, SettingsStore settings, LoadedModel model, TimeProvider time)
    {
        _cameras = cameras;
        _settings = settings;
        _model = model;
        _time = time;
    }

    public SettingsDto Settings() => SettingsDto.From(_settings.Current, _model.ScoreThreshold);

    public CameraDto[] Cameras() => [.. _cameras.Pipelines.Select(pipeline => CameraDto.From(pipeline, _time.GetUtcNow()))];

    public DetectionsDto Detections(CameraPipeline pipeline)
    {
        var live = pipeline.Status.State == CameraState.Live;
        var (header, faces) = pipeline.Detections.Read();
        return new DetectionsDto(
            pipeline.Name,
            live,
            header.Sequence,
            header.At,
            header.Width,
            header.Height,
            _settings.Current.Mode,
            live ? faces.ToDocument(header.Width, header.Height) : [],
            header.Timings.ToDocument());
    }

    /// <summary>Degraded while a camera is out: the page still has to be reached, for it says what is wrong.</summary>
    public ReadinessDto Readiness()
    {
        if (_model.Note is { } note)
        {
            return new ReadinessDto(ReadinessDto.Unready, [note]);
        }

        var reasons = _cameras.Pipelines
            .Select(pipeline => pipeline.Status)
            .Where(status => status.State != CameraState.Live)
            .Select(status => status.State == CameraState.Connecting
                ? $"camera {status.Name}: connecting"
                : $"camera {status.Name}: no signal since {status.Since:O}: {status.Reason}")
            .ToArray();
        return new ReadinessDto(reasons.Length == 0 ? ReadinessDto.Ready : ReadinessDto.Degraded, reasons);
    }
}
