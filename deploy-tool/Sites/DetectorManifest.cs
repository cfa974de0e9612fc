using FaceEdge.Deploy.Yaml;

namespace FaceEdge.Deploy.Sites;

/// <summary>A site's face-detector.yaml: the image it runs, its settings and its labels, and edits of them.</summary>
internal sealed class DetectorManifest
{
    public static readonly DocumentSelector Deployment = new("Deployment", "face-detector");
    public static readonly DocumentSelector Settings = new("ConfigMap", "face-detector");
    public static readonly YamlPath ImagePath = YamlPath.Parse("spec.template.spec.containers[name=face-detector].image");

    private readonly byte[] _bytes;
    private readonly YamlFile _file;

    private DetectorManifest(byte[] bytes, YamlFile file)
    {
        _bytes = bytes;
        _file = file;
    }

    /// <summary>The image as written; null when the container or its image is not there.</summary>
    public string? Image => ScalarLookup.Find(_file, Deployment, ImagePath).Scalar?.Value;

    /// <summary>Where the image stands.</summary>
    public SourcePosition? ImagePosition => ScalarLookup.Find(_file, Deployment, ImagePath).Scalar?.Start;

    /// <summary>Parses a manifest.</summary>
    public static YamlFault? TryParse(byte[] bytes, out DetectorManifest manifest)
    {
        var fault = YamlFile.TryParse(bytes, out var file);
        manifest = new DetectorManifest(bytes, file);
        return fault;
    }

    /// <summary>The settings that the ConfigMap gives the service, such as Detector__Mode.</summary>
    public IReadOnlyDictionary<string, string> ReadSettings() => Texts(Settings, "data");

    /// <summary>The labels of the Deployment, by which a rollout sorts sites into waves.</summary>
    public IReadOnlyDictionary<string, string> ReadLabels() => Texts(Deployment, "metadata", "labels");

    /// <summary>The file with another image.</summary>
    public ScalarEditResult WithImage(string image) => ScalarEdit.Set(_bytes, _file, Deployment, ImagePath, image);

    /// <summary>The file with another value for one setting that it has.</summary>
    public ScalarEditResult WithSetting(string key, string value) => ScalarEdit.Set(_bytes, _file, Settings, YamlPath.OfKeys("data", key), value);

    private SortedDictionary<string, string> Texts(DocumentSelector selector, params ReadOnlySpan<string> keys)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in _file.Documents.FirstOrDefault(selector.Selects)?.Root.EntriesAt(keys) ?? [])
        {
            if (entry.Name is { } name && entry.Value.Resolved is YamlScalar scalar)
            {
                texts[name] = scalar.Value;
            }
        }

        return texts;
    }
}
