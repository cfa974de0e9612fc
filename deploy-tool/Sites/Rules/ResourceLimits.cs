using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>On a small host one greedy container starves the others.</summary>
internal sealed class ResourceLimits : SiteRule
{
    public override string Id => "FE3005";

    public override string Summary => "Containers request and limit CPU and memory";

    public override string Remedy => "set resources.requests and resources.limits for cpu and memory";

    private static readonly string[] Kinds = ["requests", "limits"];
    private static readonly string[] Resources = ["cpu", "memory"];

    public override IEnumerable<Finding> Check(SiteView site) =>
        from container in site.Pods.SelectMany(pod => pod.AllContainers)
        from kind in Kinds
        from resource in Resources
        where container.Node.Text("resources", kind, resource) is null
        select Broken(container.Pod.Owner, container.Node.At("resources", kind) ?? container.Node.At("resources") ?? container.Node, $"{container} has no resources.{kind}.{resource}");
}
