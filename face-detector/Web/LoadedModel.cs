using FaceEdge.Detection;
using FaceEdge.Models;
using FaceEdge.Web.Settings;

namespace FaceEdge.Web;

/// <summary>The model that the service runs, or a note on how to get one.</summary>
internal sealed class LoadedModel
{
    /// <summary>Shown while there is no model that would say.</summary>
    private const double FallbackThreshold = 0.6;

    private readonly ModelFile? _file;
    private readonly InferenceOptions _options;

    public LoadedModel(ModelLookup lookup, DetectorOptions options)
    {
        _file = lookup.Model;
        Note = lookup.Missing;
        _options = options.Inference;
    }

    public ModelDescription? Description => _file?.Description;

    /// <summary>Which command fetches a model; null when there is one.</summary>
    public string? Note { get; }

    public double ScoreThreshold => Description?.ScoreThreshold ?? FallbackThreshold;

    /// <summary>A detector of the model; null while there is none.</summary>
    /// <exception cref="InvalidModelException">The file is corrupt or of another layout.</exception>
    public FaceDetector? CreateDetector() => _file is null ? null : FaceDetector.Load(_file, _options);
}
