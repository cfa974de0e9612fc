using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Validation;

/// <summary>The pods that a workload makes.</summary>
/// <param name="Owner">The workload.</param>
/// <param name="Node">The mapping with the pod's metadata and spec.</param>
internal sealed record PodTemplate(KubernetesObject Owner, YamlNode Node)
{
    public YamlNode? Spec => Node.At("spec");

    public IReadOnlyDictionary<string, string> Labels => KubernetesObject.Texts(Node, "metadata", "labels");

    /// <summary>The containers that run all the time.</summary>
    public IEnumerable<Container> Containers => All("containers");

    /// <summary>The init containers too.</summary>
    public IEnumerable<Container> AllContainers => All("initContainers").Concat(Containers);

    /// <summary>The pods of an object; null when it makes none.</summary>
    public static PodTemplate? Of(KubernetesObject owner)
    {
        var node = owner.Kind switch
        {
            "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" or "Job" => owner.Root.At("spec", "template"),
            "CronJob" => owner.Root.At("spec", "jobTemplate", "spec", "template"),
            "Pod" => owner.Root,
            _ => null,
        };
        return node is null ? null : new PodTemplate(owner, node);
    }

    private IEnumerable<Container> All(string key) => Node.ItemsAt("spec", key).Select(node => new Container(this, node));
}

/// <summary>One container of a pod.</summary>
internal sealed record Container(PodTemplate Pod, YamlNode Node)
{
    public string Name => Node.Text("name") ?? "";

    /// <summary>A security setting of the container, or of its pod where the container has none.</summary>
    public string? Security(params ReadOnlySpan<string> keys) =>
        Node.At("securityContext")?.Text(keys) ?? Pod.Spec?.At("securityContext")?.Text(keys);

    public override string ToString() => $"container {Name}";
}
