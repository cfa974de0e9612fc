using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>A tag can move and a digest says nothing to people; a pinned image has both, and the site runs what was tested.</summary>
internal sealed class PinnedImage() : SiteRule(
    "FE3002",
    "Containers run images by tag and digest, and the detector the one of the policy",
    "promote an image (deploy-tool promote pins it), or write name:tag@sha256:digest")
{
    public override IEnumerable<Finding> Check(SiteView site)
    {
        foreach (var container in site.Pods.SelectMany(pod => pod.AllContainers))
        {
            if (container.Node.At("image") is not YamlScalar { Value: { Length: > 0 } image } node)
            {
                continue;
            }

            if (!ImageReference.TryParse(image, out var reference) || !reference.IsPinned || reference.Tag == "latest")
            {
                yield return Broken(container.Pod.Owner, node, $"{container}: '{image}' is not pinned to a version by tag and digest");
            }
            else if (container.Name == "face-detector" && site.Policy is { } policy && reference.Name != policy.Image.Repository)
            {
                yield return Broken(container.Pod.Owner, node, $"{container}: '{reference.Name}' is not the image of {PolicyFile.FileName}, {policy.Image.Repository}");
            }
        }
    }
}

/// <summary>A site that lost its uplink must still restart its pods from the image it has.</summary>
internal sealed class LocalImageFirst() : SiteRule(
    "FE3003",
    "Images are pulled once, not at each start",
    "set imagePullPolicy: IfNotPresent; the digest makes Always pointless")
{
    public override IEnumerable<Finding> Check(SiteView site) => site.Pods.SelectMany(pod => pod.AllContainers)
        .Where(container => container.Node.Text("imagePullPolicy") == "Always")
        .Select(container => Broken(container.Pod.Owner, container.Node.At("imagePullPolicy"), $"{container} asks the registry at each start"));
}

/// <summary>On a small host one greedy container starves the others.</summary>
internal sealed class ResourceLimits() : SiteRule(
    "FE3005",
    "Containers request and limit CPU and memory",
    "set resources.requests and resources.limits for cpu and memory")
{
    private static readonly string[] Kinds = ["requests", "limits"];
    private static readonly string[] Resources = ["cpu", "memory"];

    public override IEnumerable<Finding> Check(SiteView site) =>
        from container in site.Pods.SelectMany(pod => pod.AllContainers)
        from kind in Kinds
        from resource in Resources
        where container.Node.Text("resources", kind, resource) is null
        select Broken(container.Pod.Owner, container.Node.At("resources", kind) ?? container.Node.At("resources") ?? container.Node, $"{container} has no resources.{kind}.{resource}");
}

/// <summary>The API refuses a workload whose selector does not match its own pods.</summary>
internal sealed class SelectorMatchesPods() : SiteRule(
    "FE3011",
    "A workload's selector matches the labels of its pods",
    "use the same labels in spec.selector.matchLabels and spec.template.metadata.labels")
{
    public override IEnumerable<Finding> Check(SiteView site) => site.Pods
        .Where(pod => pod.Owner.Kind is "Deployment" or "StatefulSet" or "DaemonSet")
        .Where(pod => !pod.Owner.Root.ItemsAt("spec", "selector", "matchExpressions").Any() && !Labels.Match(pod.Owner.Texts("spec", "selector", "matchLabels"), pod.Labels))
        .Select(pod => Broken(pod.Owner, pod.Owner.Root.At("spec", "selector"), "the selector does not match the labels of its own pods"));
}

/// <summary>A pod that refers to a ConfigMap or volume that is not there never starts.</summary>
internal sealed class ReferencesResolve() : SiteRule(
    "FE3014",
    "ConfigMaps and volumes that pods use are there",
    "describe what is referred to, or mark the reference optional")
{
    public override IEnumerable<Finding> Check(SiteView site)
    {
        foreach (var pod in site.Pods)
        {
            foreach (var (kind, reference) in References(pod))
            {
                if (reference.Text("optional") != "true" && reference.Text("name") is { } name and not "kube-root-ca.crt" && site.Find(kind, pod.Owner.Namespace, name) is null)
                {
                    yield return Broken(pod.Owner, reference.At("name"), $"refers to {kind}/{name}, which this site does not have");
                }
            }

            var volumes = pod.Node.ItemsAt("spec", "volumes")
                .Concat(pod.Owner.Root.ItemsAt("spec", "volumeClaimTemplates").Select(claim => claim.At("metadata")).OfType<YamlNode>())
                .Select(volume => volume.Text("name")).ToHashSet(StringComparer.Ordinal);
            foreach (var mount in pod.AllContainers.SelectMany(container => container.Node.ItemsAt("volumeMounts")).Where(mount => !volumes.Contains(mount.Text("name"))))
            {
                yield return Broken(pod.Owner, mount, $"mounts the volume '{mount.Text("name")}', which the pod does not have");
            }
        }
    }

    private static IEnumerable<(string Kind, YamlNode Reference)> References(PodTemplate pod) =>
        pod.AllContainers.SelectMany(container => container.Node.ItemsAt("envFrom").Select(item => ("ConfigMap", item.At("configMapRef")))
            .Concat(container.Node.ItemsAt("env").Select(item => ("ConfigMap", item.At("valueFrom", "configMapKeyRef"))))
            .Concat(container.Node.ItemsAt("env").Select(item => ("Secret", item.At("valueFrom", "secretKeyRef")))))
            .Concat(pod.Node.ItemsAt("spec", "volumes").Select(item => ("ConfigMap", item.At("configMap"))))
            .Where(one => one.Item2 is not null)
            .Select(one => (one.Item1, one.Item2!));
}
