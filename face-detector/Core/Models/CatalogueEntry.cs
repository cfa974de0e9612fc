namespace FaceEdge.Models;

/// <summary>One model of the catalogue.</summary>
/// <param name="Description">What it is.</param>
/// <param name="File">Name of its file, in a mirror folder or among the program's resources.</param>
/// <param name="Url">Where it is published; null for a model that is embedded in the program.</param>
/// <param name="Input">The one shape it takes, or null for any multiple of 32.</param>
internal sealed record CatalogueEntry(ModelDescription Description, string File, Uri? Url, InputShape? Input)
{
    public string Name => Description.Name;

    public bool IsEmbedded => Url is null;

    /// <summary>The file's name in the cache; a new version of a model never reads the old one's file.</summary>
    public string CacheFile => $"{Name}-{Description.Sha256[..12]}.onnx";
}
