using System.Security.Cryptography;
using FaceEdge.Contracts;

namespace FaceEdge.Models;

/// <summary>Finds the model that a command or the service runs.</summary>
internal sealed class ModelProvider
{
    /// <summary>For a file that is in no catalogue.</summary>
    private const float FileScoreThreshold = 0.6f;
    private const float FileOverlapThreshold = 0.45f;

    private readonly ModelCatalogue _catalogue;
    private readonly ModelStore _store;

    public ModelProvider(ModelCatalogue catalogue, ModelStore store)
    {
        _catalogue = catalogue;
        _store = store;
    }

    public static ModelProvider FromEnvironment() => new(ModelCatalogue.Load(), ModelStore.FromEnvironment());

    /// <summary>
    /// Finds a model on this machine: embedded, in the cache, or in a mirror folder. Asks no network; that is what
    /// <c>face-detector models pull</c> is for.
    /// </summary>
    /// <param name="name">A name of the catalogue, a path to an .onnx file, or null or empty for the default.</param>
    /// <returns>The model, or what to do to get one.</returns>
    /// <exception cref="InvalidModelException">A copy is there but damaged.</exception>
    public ModelLookup Find(string? name)
    {
        if (!string.IsNullOrEmpty(name) && name.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            return FindFile(name);
        }

        var entry = string.IsNullOrEmpty(name) ? _catalogue.Default : _catalogue.Find(name);
        if (entry is null)
        {
            return ModelLookup.None($"There is no model '{SecretText.Mask(name!)}'; known: {_catalogue.Names()}, or the path of an .onnx file.");
        }

        return _store.Open(entry) is { } model
            ? ModelLookup.Found(model)
            : ModelLookup.None($"The model {entry.Name} is not on this machine. Run: face-detector models pull {entry.Name}");
    }

    private static ModelLookup FindFile(string path)
    {
        if (!File.Exists(path))
        {
            return ModelLookup.None($"There is no model file '{SecretText.Mask(path)}'.");
        }

        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidModelException($"The model file {path} cannot be read: {exception.Message}", exception);
        }

        var description = new ModelDescription(
            Path.GetFileNameWithoutExtension(path),
            "file",
            Convert.ToHexStringLower(SHA256.HashData(content)),
            content.Length,
            "unknown",
            FileScoreThreshold,
            FileOverlapThreshold);
        return ModelLookup.Found(new ModelFile(description, path, content));
    }
}
