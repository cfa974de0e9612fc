using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites;

/// <summary>A site's face-detector.yaml: the image it runs, its settings and its labels, and edits of them.</summary>
internal sealed class DetectorManifest
{
    public static readonly DocumentSelector Deployment = new("Deployment", "face-detector");
    public static readonly DocumentSelector Settings = new("ConfigMap", "face-detector");
    public static readonly YamlPath ImagePath = YamlPath.Parse("spec.template.spec.containers[name=face-detector].image");

    /// <summary>The variable by which the service knows its own image, so that /api/v1/info can tell it.</summary>
    public static readonly YamlPath ReportedImagePath = YamlPath.Parse("spec.template.spec.containers[name=face-detector].env[name=Site__Image].value");

    /// <summary>Where a ConfigMap holds its entries.</summary>
    private const string SettingsKey = "data";

    private readonly byte[] _bytes;
    private readonly YamlFile _file;

    /// <summary>A manifest that is parsed already.</summary>
    public DetectorManifest(byte[] bytes, YamlFile file)
    {
        _bytes = bytes;
        _file = file;
    }

    /// <summary>The image as written; null when the container or its image is not there.</summary>
    public string? Image => ScalarLookup.Find(_file, Deployment, ImagePath).Scalar?.Value;

    /// <summary>Reads one manifest.</summary>
    public static YamlFault? TryParse(byte[] bytes, out DetectorManifest manifest)
    {
        var fault = YamlFile.TryParse(bytes, out var file);
        manifest = fault is null ? new DetectorManifest(bytes, file) : null!;
        return fault;
    }

    /// <summary>The settings that the ConfigMap gives the service, such as Detector__Mode.</summary>
    public IReadOnlyDictionary<string, string> ReadSettings() => Texts(Settings, SettingsKey);

    /// <summary>The labels of the Deployment, by which a rollout sorts sites into waves.</summary>
    public IReadOnlyDictionary<string, string> ReadLabels() => Texts(Deployment, "metadata", "labels");

    /// <summary>
    /// The variables that the container gets: the ConfigMap's settings where it takes them, then its own. Those from a Secret are left out,
    /// since a Secret is made at the site.
    /// </summary>
    public IReadOnlyDictionary<string, string> ReadEnvironment()
    {
        var container = Container;
        var takesSettings = container?.ItemsAt("envFrom").Any(source => source.Text("configMapRef", "name") == Settings.Name) ?? false;
        var variables = new Dictionary<string, string>(takesSettings ? ReadSettings() : new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var variable in container?.ItemsAt("env") ?? [])
        {
            if (variable.Text("name") is { } name && variable.Text("value") is { } value)
            {
                variables[name] = value;
            }
        }

        return variables;
    }

    /// <summary>Where the container mounts its volumes: paths by the volume's name.</summary>
    public IReadOnlyDictionary<string, string> ReadMounts() => (Container?.ItemsAt("volumeMounts") ?? [])
        .Where(mount => mount.Text("name") is not null && mount.Text("mountPath") is not null)
        .ToDictionary(mount => mount.Text("name")!, mount => mount.Text("mountPath")!, StringComparer.Ordinal);

    private YamlNode? Container => _file.Documents.FirstOrDefault(Deployment.Selects)?.Root
        .ItemsAt("spec", "template", "spec", "containers")
        .FirstOrDefault(container => container.Text("name") == Deployment.Name);

    /// <summary>The file with another image, and with the variable Site__Image in step with it where the container has one.</summary>
    public ScalarEditResult WithImage(string image) => ScalarEdit.SetAll(
        _bytes, _file, [new ScalarChange(Deployment, ImagePath, image), .. WherePresent(Deployment, ReportedImagePath, image)]);

    /// <summary>
    /// The file with other values for settings, and with the pods' annotation in step with them. A setting that the ConfigMap lacks is added, unless its
    /// value is empty: both leave it to the image.
    /// </summary>
    public ScalarEditResult WithSettings(IReadOnlyList<SettingChange> changes)
    {
        var lacking = changes.Where(change => ScalarLookup.Find(_file, Settings, PathOf(change)).Parent is not null).ToList();
        var settings = new Dictionary<string, string>(ReadSettings(), StringComparer.Ordinal);
        foreach (var change in changes.Where(change => change.Value.Length > 0 || !lacking.Contains(change)))
        {
            settings[change.Key] = change.Value;
        }

        var edit = ScalarEdit.SetAll(
            _bytes,
            _file,
            [
                .. changes.Except(lacking).Select(change => new ScalarChange(Settings, PathOf(change), change.Value)),
                .. WherePresent(Deployment, SettingsHash.Path, SettingsHash.Of(settings)),
            ]);
        foreach (var change in lacking.Where(change => edit.Succeeded && change.Value.Length > 0))
        {
            YamlFile.TryParse(edit.Bytes, out var file);
            edit = EntryAddition.Add(edit.Bytes, file, Settings, [SettingsKey], change.Key, change.Value);
        }

        return edit.Succeeded ? edit : edit with { Bytes = _bytes };
    }

    private static YamlPath PathOf(SettingChange change) => YamlPath.OfKeys(SettingsKey, change.Key);

    /// <summary>A manifest may do without what only repeats something; validation says so where it matters.</summary>
    private IEnumerable<ScalarChange> WherePresent(DocumentSelector document, YamlPath path, string value) =>
        ScalarLookup.Find(_file, document, path).Outcome == ScalarEditOutcome.Absent ? [] : [new ScalarChange(document, path, value)];

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
