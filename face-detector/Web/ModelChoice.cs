using FaceEdge.Models;
using FaceEdge.Web.Settings;

namespace FaceEdge.Web;

/// <summary>Finds the model that <c>Detector:Model</c> asks for.</summary>
internal static partial class ModelChoice
{
    /// <summary>Without a model the service starts all the same: its page says which command fetches one.</summary>
    /// <exception cref="InvalidModelException">A model is there but damaged.</exception>
    public static LoadedModel Load(DetectorOptions options, ILogger log)
    {
        var lookup = ModelProvider.FromEnvironment().Find(options.Model);
        if (lookup.Model is { } model)
        {
            LogModel(log, model.Description.Name, model.Source, model.Description.Sha256);
        }
        else
        {
            LogMissing(log, lookup.Missing ?? "");
        }

        return new LoadedModel(lookup, options);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Model: {Model} from {Source}, SHA-256 {Sha256}")]
    private static partial void LogModel(ILogger log, string model, string source, string sha256);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No model: pictures are shown without boxes. {Note}")]
    private static partial void LogMissing(ILogger log, string note);
}
