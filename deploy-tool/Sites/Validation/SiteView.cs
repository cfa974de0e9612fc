using FaceEdge.Deploy.Sites.Templates;
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
        Objects = [.. files.SelectMany(file => (file.Yaml?.Documents ?? []).SelectMany(document => ObjectsOf(file, document.Root)))];
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

    /// <summary>The same of files that may not be on the disk.</summary>
    public static SiteView Read(Site site, DeliveryPolicy? policy, ISiteSource source) => new(site, policy, [.. source.List(site.RelativePath)
        .Where(path => path.LastIndexOf('/') == site.RelativePath.Length && Path.GetExtension(path) is ".yaml" or ".yml")
        .Select(path => SiteFile.Of(source.Read(path)!, path))]);

    /// <summary>
    /// A document is an object, or a List of objects. An empty one between two markers is none, and neither is what kustomize reads, which
    /// Flux never applies.
    /// </summary>
    private static IEnumerable<KubernetesObject> ObjectsOf(SiteFile file, YamlNode root) =>
        root is YamlScalar { Value: "" } || root.Text("apiVersion")?.StartsWith("kustomize.config.k8s.io/", StringComparison.Ordinal) == true
            ? []
            : root.Text("apiVersion") == "v1" && root.Text("kind") == "List"
                ? root.ItemsAt("items").Select(item => new KubernetesObject(file, item))
                : [new KubernetesObject(file, root)];
}
