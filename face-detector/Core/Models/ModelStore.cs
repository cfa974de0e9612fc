using System.Security.Cryptography;

namespace FaceEdge.Models;

/// <summary>
/// Where models are: embedded in the program, in the cache of this machine, or in a mirror folder. Every copy is checked against the
/// catalogue's SHA-256 before it is used.
/// </summary>
internal sealed class ModelStore
{
    public const string CacheVariable = "FACEEDGE_MODEL_CACHE";

    public ModelStore(string cacheFolder, ModelMirror? mirror)
    {
        CacheFolder = cacheFolder;
        Mirror = mirror;
    }

    public string CacheFolder { get; }

    /// <summary>Looked at before the published address; null when there is none.</summary>
    public ModelMirror? Mirror { get; }

    /// <summary>The cache and the mirror that the environment names, or their defaults.</summary>
    /// <exception cref="InvalidModelSourceException"><c>FACEEDGE_MODEL_MIRROR</c> is neither a folder nor an address.</exception>
    public static ModelStore FromEnvironment()
        => new(
            Environment.GetEnvironmentVariable(CacheVariable) is { Length: > 0 } folder ? Path.GetFullPath(folder) : DefaultCacheFolder(),
            ModelMirror.FromEnvironment());

    /// <summary>Where the entry's cached copy is, or would be.</summary>
    public string CachePath(CatalogueEntry entry) => Path.Combine(CacheFolder, entry.CacheFile);

    /// <summary>Every place on this machine that holds the entry now, the one that is used first.</summary>
    public IEnumerable<ModelPlace> Places(CatalogueEntry entry)
    {
        if (entry.IsEmbedded)
        {
            yield return new ModelPlace(EmbeddedModels.Source, $"{EmbeddedModels.Source} {entry.File}", () => EmbeddedModels.Read(entry.File)
                ?? throw new FileNotFoundException($"The program was built without {entry.File}."));
            yield break;
        }

        if (CachePath(entry) is var cached && File.Exists(cached))
        {
            yield return ModelPlace.OfFile("cache", cached);
        }

        if (Mirror?.Find(entry) is { } mirrored)
        {
            yield return ModelPlace.OfFile("mirror", mirrored);
        }
    }

    /// <summary>Reads and checks the first copy on this machine.</summary>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="InvalidModelException">The copy is not what the catalogue says.</exception>
    public ModelFile? Open(CatalogueEntry entry) => Places(entry).FirstOrDefault() is { } place ? Open(entry, place) : null;

    /// <summary>Reads and checks one copy.</summary>
    /// <exception cref="InvalidModelException">The copy is not what the catalogue says, or cannot be read.</exception>
    public static ModelFile Open(CatalogueEntry entry, ModelPlace place)
    {
        byte[] content;
        try
        {
            content = place.Read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidModelException($"Model {place.Source} cannot be read: {exception.Message}", exception);
        }

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        return sha256 == entry.Description.Sha256
            ? new ModelFile(entry.Description, place.Source, content)
            : throw new InvalidModelException(
                $"Model {place.Source} is not {entry.Name}: {content.Length} bytes with SHA-256 {sha256}; expected {entry.Description.Size} bytes with {entry.Description.Sha256}. "
                + $"Run: face-detector models pull {entry.Name}");
    }

    /// <summary>$XDG_CACHE_HOME/faceedge/models, ~/.cache/faceedge/models, or a folder for temporary files where there is no home.</summary>
    private static string DefaultCacheFolder()
    {
        var caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(caches) || !Path.IsPathRooted(caches))
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            caches = home.Length > 0 ? Path.Combine(home, ".cache") : Path.GetTempPath();
        }

        return Path.Combine(caches, "faceedge", "models");
    }
}
