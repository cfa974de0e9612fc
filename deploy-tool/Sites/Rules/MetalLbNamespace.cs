using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>MetalLB's speaker uses the host's network; a stricter level keeps it from starting.</summary>
internal sealed class MetalLbNamespace : SiteRule
{
    public override string Id => "FE4006";

    public override string Summary => "The namespace of MetalLB is privileged";

    public override string Remedy => "label the Namespace pod-security.kubernetes.io/enforce, audit and warn: privileged";

    public override IEnumerable<Finding> Check(SiteView site)
    {
        var spaces = site.Objects.Where(IsMetalLb).Select(one => one.Namespace).ToHashSet(StringComparer.Ordinal);
        return from space in site.Of("Namespace").Where(one => spaces.Contains(one.Name))
               from mode in PodSecurity.Modes
               where PodSecurity.Level(space, mode) != "privileged"
               select Broken(space, space.Root.At("metadata", "labels") ?? space.Root.At("metadata"), $"does not {mode} the level privileged");
    }

    private static bool IsMetalLb(KubernetesObject one) =>
        one.Group == "metallb.io" || one.Kind == "HelmRelease" && one.Root.Text("spec", "chart", "spec", "chart") == "metallb";
}
