using FaceEdge.Configuration;
using FaceEdge.Detection;
using FaceEdge.Models;

namespace FaceEdge.Web;

/// <summary>The model that the service runs, or a note on how to get one.</summary>
internal sealed class LoadedModel : IDisposable
{
    /// <summary>Shown while there is no model that would say.</summary>
    private const double FallbackThreshold = 0.6;

    private readonly ModelFile? _file;
    private readonly Lazy<ModelSession>? _session;

    public LoadedModel(ModelLookup lookup, DetectorOptions options)
    {
        _file = lookup.Model;
        Note = lookup.Missing;
        _session = lookup.Model is { } file ? new Lazy<ModelSession>(() => ModelSession.Load(file, options.Inference)) : null;
    }

    public ModelDescription? Description => _file?.Description;

    /// <summary>Where the model came from; empty when there is none.</summary>
    public string Source => _file?.Source ?? "";

    /// <summary>Which command fetches a model; null when there is one.</summary>
    public string? Note { get; }

    public double ScoreThreshold => Description?.ScoreThreshold ?? FallbackThreshold;

    /// <summary>A detector of the model, of one session with all others; null while there is none.</summary>
    /// <exception cref="InvalidModelException">The file is corrupt or of another layout.</exception>
    public FaceDetector? CreateDetector() => _session?.Value.CreateDetector();

    /// <summary>Makes the session that the detectors share.</summary>
    /// <exception cref="InvalidModelException">The file is corrupt or of another layout.</exception>
    public void Preload() => _ = _session?.Value;

    /// <summary>The session goes with the last of its detectors.</summary>
    public void Dispose()
    {
        if (_session is { IsValueCreated: true })
        {
            _session.Value.Dispose();
        }
    }
}
