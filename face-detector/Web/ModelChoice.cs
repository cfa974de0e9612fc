using FaceEdge.Configuration;
using FaceEdge.Models;

namespace FaceEdge.Web;

/// <summary>Finds the model that <c>Detector:Model</c> asks for.</summary>
internal static partial class ModelChoice
{
    /// <summary>
    /// Finds the model and makes the first detector of it. Takes a third of a cold start, and needs nothing else of the service: run it beside the rest.
    /// </summary>
    /// <exception cref="InvalidModelException">A model is there but damaged, or of another layout.</exception>
    public static LoadedModel Load(DetectorOptions options)
    {
        var model = new LoadedModel(ModelProvider.FromEnvironment().Find(options.Model), options);
        model.Preload();
        return model;
    }

    /// <summary>Without a model the service starts all the same: its page says which command fetches one.</summary>
    public static void Log(LoadedModel loaded, ILogger log)
    {
        if (loaded.Description is { } model)
        {
            LogModel(log, model.Name, loaded.Source, model.Sha256);
        }
        else
        {
            LogMissing(log, loaded.Note ?? "");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Model: {Model} from {Source}, SHA-256 {Sha256}")]
    private static partial void LogModel(ILogger log, string model, string source, string sha256);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No model: frames are shown without boxes. {Note}")]
    private static partial void LogMissing(ILogger log, string note);
}
