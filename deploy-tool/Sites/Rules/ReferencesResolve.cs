using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>A pod that refers to a ConfigMap or volume that is not there never starts.</summary>
internal sealed class ReferencesResolve : SiteRule
{
    public override string Id => "FE3014";

    public override string Summary => "ConfigMaps and volumes that pods use are there";

    public override string Remedy => "describe what is referred to, or mark the reference optional";

    public override IEnumerable<Finding> Check(SiteView site)
    {
        foreach (var pod in site.Pods)
        {
            foreach (var (kind, reference) in References(pod))
            {
                if (reference.Text("optional") != "true" && reference.Text("name") is { } name && site.Find(kind, pod.Owner.Namespace, name) is null)
                {
                    yield return Broken(pod.Owner, reference.At("name"), $"refers to {kind}/{name}, which this site does not have");
                }
            }

            var volumes = pod.Node.ItemsAt("spec", "volumes").Select(volume => volume.Text("name")).ToHashSet(StringComparer.Ordinal);
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
