using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FaceEdge.Capture;
using FaceEdge.Streaming;
using FaceEdge.Web.Api;

namespace FaceEdge.Web.Live;

/// <summary>What one listener has been told; tells the rest when asked. A slow listener gets the newest state and misses what lay between.</summary>
internal sealed class EventCursor
{
    /// <summary>Rates and latencies on a page that change faster cannot be read.</summary>
    private static readonly TimeSpan StatisticsInterval = TimeSpan.FromSeconds(0.5);

    private readonly ServiceState _state;
    private readonly IReadOnlyList<CameraPipeline> _pipelines;
    private readonly bool _detections;
    private readonly TimeProvider _time;
    private readonly long[] _told;
    private readonly CameraStatus?[] _conditions;
    private SettingsDto? _settings;
    private long? _statisticsAt;

    /// <param name="state">What there is to tell.</param>
    /// <param name="pipelines">The cameras.</param>
    /// <param name="detections">Whether this listener wants the faces of each frame.</param>
    /// <param name="time">The clock of the statistics.</param>
    public EventCursor(ServiceState state, IReadOnlyList<CameraPipeline> pipelines, bool detections, TimeProvider time)
    {
        _state = state;
        _pipelines = pipelines;
        _detections = detections;
        _time = time;
        _told = new long[pipelines.Count];
        _conditions = new CameraStatus?[pipelines.Count];
    }

    /// <summary>What changed since the last call; at first everything.</summary>
    public IEnumerable<ServiceEvent> Next()
    {
        var settings = _state.Settings();
        if (settings != _settings)
        {
            _settings = settings;
            yield return Event("settings", settings, FaceDetectorJson.Default.SettingsDto);
        }

        if (IsConditionNew() || _statisticsAt is not { } at || _time.GetElapsedTime(at) >= StatisticsInterval)
        {
            _statisticsAt = _time.GetTimestamp();
            yield return Event("cameras", _state.Cameras(), FaceDetectorJson.Default.IReadOnlyListCameraDto);
        }

        for (var i = 0; _detections && i < _pipelines.Count; i++)
        {
            var version = _pipelines[i].Detections.Version;
            if (version != _told[i])
            {
                _told[i] = version;
                yield return Event("detections", _state.Detections(_pipelines[i]), FaceDetectorJson.Default.DetectionsDto);
            }
        }
    }

    private static ServiceEvent Event<T>(string type, T data, JsonTypeInfo<T> json) => new(type, JsonSerializer.Serialize(data, json));

    /// <summary>A lost or returned camera is told at once.</summary>
    private bool IsConditionNew()
    {
        var changed = false;
        for (var i = 0; i < _conditions.Length; i++)
        {
            var condition = _pipelines[i].Condition;
            changed |= !ReferenceEquals(condition, _conditions[i]);
            _conditions[i] = condition;
        }

        return changed;
    }
}
