namespace FaceEdge.Models;

/// <summary>The models that the service knows by name.</summary>
internal sealed class ModelCatalogue
{
    private const string Resource = "catalogue.yaml";

    private readonly Dictionary<string, CatalogueEntry> _byName;

    public ModelCatalogue(IReadOnlyList<CatalogueEntry> entries, CatalogueEntry defaultEntry)
    {
        Entries = entries;
        Default = defaultEntry;
        _byName = entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<CatalogueEntry> Entries { get; }

    /// <summary>What runs unless the settings name another.</summary>
    public CatalogueEntry Default { get; }

    /// <summary>Reads the catalogue that is embedded in the program.</summary>
    public static ModelCatalogue Load()
    {
        using var reader = new StreamReader(EmbeddedModels.Open(Resource)
            ?? throw new InvalidOperationException($"The program was built without its resource {Resource}."));
        return CatalogueReader.Read(reader, Resource);
    }

    public CatalogueEntry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>All names, for messages.</summary>
    public string Names() => string.Join(", ", Entries.Select(entry => entry.Name));
}
