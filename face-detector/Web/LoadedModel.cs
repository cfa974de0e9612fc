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
    private readonly InferenceOptions _options;
    private FaceDetector? _ahead;

    public LoadedModel(ModelLookup lookup, DetectorOptions options)
    {
        _file = lookup.Model;
        Note = lookup.Missing;
        _options = options.Inference;
    }

    public ModelDescription? Description => _file?.Description;

    /// <summary>Where the model came from; empty when there is none.</summary>
    public string Source => _file?.Source ?? "";

    /// <summary>Which command fetches a model; null when there is one.</summary>
    public string? Note { get; }

    public double ScoreThreshold => Description?.ScoreThreshold ?? FallbackThreshold;

    /// <summary>A detector of the model; null while there is none.</summary>
    /// <exception cref="InvalidModelException">The file is corrupt or of another layout.</exception>
    public FaceDetector? CreateDetector() => Interlocked.Exchange(ref _ahead, null) ?? (_file is null ? null : FaceDetector.Load(_file, _options));

    /// <summary>Makes the detector that the next <see cref="CreateDetector"/> returns.</summary>
    /// <exception cref="InvalidModelException">The file is corrupt or of another layout.</exception>
    public void Preload() => Interlocked.Exchange(ref _ahead, CreateDetector())?.Dispose();

    /// <summary>Lets go of a detector that nobody took.</summary>
    public void Dispose() => Interlocked.Exchange(ref _ahead, null)?.Dispose();
}
