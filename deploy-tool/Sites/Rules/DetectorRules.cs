using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Promotion, configuration and site checks all look for it by this name.</summary>
internal sealed class DetectorPresent() : SiteRule(
    "FE3001",
    "A site has the Deployment face-detector with a container of that name",
    "name the Deployment and its container face-detector")
{
    public override IEnumerable<Finding> Check(SiteView site)
    {
        var deployment = site.Objects.FirstOrDefault(one => one.Selector == DetectorManifest.Deployment);
        var file = site.Files.FirstOrDefault(one => Path.GetFileName(one.RelativePath) == SiteFiles.FaceDetector);
        if (deployment is null && file is { Fault: null })
        {
            yield return Broken(file, new SourcePosition(0, 1, 1), "the file has no Deployment/face-detector");
        }
        else if (deployment is not null && PodTemplate.Of(deployment)?.Containers.Count(one => one.Name == "face-detector") != 1)
        {
            yield return Broken(deployment, deployment.Root.At("spec"), "has no container face-detector, or more than one");
        }
    }
}

/// <summary>Without probes a hung process stays and a starting one gets viewers.</summary>
internal sealed class Probes() : SiteRule(
    "FE3004",
    "The detector has startup and liveness probes on /healthz and a readiness probe on /readyz",
    "add the probe as in the other environments")
{
    private static readonly (string Probe, string Path)[] Wanted = [("startupProbe", "/healthz"), ("livenessProbe", "/healthz"), ("readinessProbe", "/readyz")];

    public override IEnumerable<Finding> Check(SiteView site)
    {
        foreach (var container in site.Pods.SelectMany(pod => pod.Containers).Where(one => one.Name == "face-detector"))
        {
            foreach (var (probe, path) in Wanted)
            {
                var node = container.Node.At(probe);
                if (node?.Text("httpGet", "path") != path)
                {
                    yield return Broken(container.Pod.Owner, node ?? container.Node, $"{container} has no {probe} on {path}");
                }
                else if (!Ports.Has(container, node.Text("httpGet", "port") ?? ""))
                {
                    yield return Broken(container.Pod.Owner, node.At("httpGet", "port"), $"{container}: {probe} asks a port that the container does not have");
                }
            }
        }
    }
}

/// <summary>The labels make the host itself refuse pods that are less restricted than these files say.</summary>
internal sealed class RestrictedNamespace() : SiteRule(
    "FE3010",
    "The detector's namespace enforces, audits and warns at the level restricted",
    "label the Namespace pod-security.kubernetes.io/enforce, audit and warn: restricted")
{
    public override IEnumerable<Finding> Check(SiteView site)
    {
        var spaces = site.Of("Deployment").Where(one => one.Name == DetectorManifest.Deployment.Name).Select(one => one.Namespace).ToHashSet(StringComparer.Ordinal);
        return from space in site.Of("Namespace").Where(one => spaces.Contains(one.Name))
               from mode in PodSecurity.Modes
               where PodSecurity.Level(space, mode) != "restricted"
               select Broken(space, space.Root.At("metadata", "labels") ?? space.Root.At("metadata"), $"does not {mode} the level restricted");
    }
}

/// <summary>Pods read a ConfigMap at their start only: the hash on the pod template makes a changed setting restart them.</summary>
internal sealed class SettingsInStep() : SiteRule(
    "FE3012",
    "The annotation faceedge.dev/settings-sha256 is the hash of the settings",
    "change settings with deploy-tool configure, which keeps the annotation in step")
{
    public override IEnumerable<Finding> Check(SiteView site)
    {
        foreach (var deployment in site.Objects.Where(one => one.Selector == DetectorManifest.Deployment))
        {
            if (site.Find("ConfigMap", deployment.Namespace, DetectorManifest.Settings.Name) is not { } settings)
            {
                continue;
            }

            var expected = SettingsHash.Of(settings.Texts("data"));
            var place = deployment.Root.At("spec", "template", "metadata", "annotations");
            if (place?.Text(SettingsHash.Annotation) != expected)
            {
                yield return Broken(deployment, place?.At(SettingsHash.Annotation) ?? place, $"the annotation {SettingsHash.Annotation} does not match the settings; it should be {expected}");
            }
        }
    }
}

/// <summary>The service refuses to start on a setting that it does not know or a value that it does not allow.</summary>
internal sealed class KnownSettings() : SiteRule(
    "FE3013",
    "The ConfigMap holds settings that the service knows, with values that it allows",
    "use a key and a value that docs/sites.md lists")
{
    public override IEnumerable<Finding> Check(SiteView site) =>
        from settings in site.Objects.Where(one => one.Selector == DetectorManifest.Settings)
        from entry in settings.Root.EntriesAt("data")
        let fault = entry.Value.Resolved is YamlScalar scalar ? ServiceSettings.Check(entry.Name ?? "", scalar.Value) : null
        where fault is not null
        select Broken(settings, entry.Key, fault);
}

/// <summary>A site that tells another image than it runs would pass a site check that it should fail.</summary>
internal sealed class ReportedImage() : SiteRule(
    "FE3015",
    "The variable Site__Image is the container's image",
    "write the container's image as the value of Site__Image; deploy-tool promote keeps both in step")
{
    public override IEnumerable<Finding> Check(SiteView site) =>
        from container in site.Pods.SelectMany(pod => pod.Containers)
        from variable in container.Node.ItemsAt("env")
        where variable.Text("name") == "Site__Image" && variable.Text("value") != container.Node.Text("image")
        select Broken(container.Pod.Owner, variable.At("value") ?? variable, $"{container} says that it runs another image than it does");
}

/// <summary>Asks the code that promotes: an image is set, as promote and rollback would set it, and what stands in the way is the finding.</summary>
internal sealed class PromotionCanEdit() : SiteRule(
    "FE3016",
    "Promotion can change the image of the site, and nothing else with it",
    "write the image as text at the container face-detector of this file, and once more in Site__Image")
{
    /// <summary>Any image but the one that the manifest has.</summary>
    private static readonly string Probe = $"registry.example.com/probe/image:0.0.0@sha256:{new string('0', 64)}";

    public override IEnumerable<Finding> Check(SiteView site) =>
        from file in site.Files
        where file.Yaml is not null && Path.GetFileName(file.RelativePath) == SiteFiles.FaceDetector
        let edit = new DetectorManifest(file.Bytes, file.Yaml!).WithImage(Probe)
        where !edit.Succeeded
        select Broken(file, edit.Position, $"promotion cannot set the image: {edit.Message}");
}
