using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Validation;

/// <summary>Everything that one site pulls, parsed.</summary>
internal sealed class SiteView
{
    public SiteView(Site site, DeliveryPolicy? policy, IReadOnlyList<SiteFile> files)
    {
        Site = site;
        Policy = policy;
        Files = files;
        Objects = [.. files.SelectMany(file => (file.Yaml?.Documents ?? []).Where(IsObject).Select(document => new KubernetesObject(file, document.Root)))];
        Pods = [.. Objects.Select(PodTemplate.Of).OfType<PodTemplate>()];
    }

    public Site Site { get; }

    /// <summary>The operator's policy; null when it cannot be read, which is a finding of its own.</summary>
    public DeliveryPolicy? Policy { get; }

    public IReadOnlyList<SiteFile> Files { get; }

    /// <summary>All objects of all files that parse.</summary>
    public IReadOnlyList<KubernetesObject> Objects { get; }

    public IReadOnlyList<PodTemplate> Pods { get; }

    public IEnumerable<KubernetesObject> Of(string kind) => Objects.Where(one => one.Kind == kind);

    public KubernetesObject? Find(string kind, string space, string name) =>
        Objects.FirstOrDefault(one => one.Kind == kind && one.Namespace == space && one.Name == name);

    /// <summary>Reads every YAML file of the site's own folder, which is what Flux applies.</summary>
    public static SiteView Read(Site site, DeliveryPolicy? policy) => new(site, policy, [.. Directory.EnumerateFiles(site.Directory)
        .Where(path => Path.GetExtension(path) is ".yaml" or ".yml")
        .Order(StringComparer.Ordinal)
        .Select(path => SiteFile.Read(path, $"{site.RelativePath}/{Path.GetFileName(path)}"))]);

    /// <summary>An empty document between two markers is no object.</summary>
    private static bool IsObject(YamlDocument document) => document.Root is not YamlScalar { Value: "" };
}
