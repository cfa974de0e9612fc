using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Pod Security Standards, restricted: Seccomp.</summary>
internal sealed class Seccomp : SiteRule
{
    public override string Id => "FE3009";

    public override string Summary => "Containers of restricted namespaces run under a seccomp profile";

    public override string Remedy => "set seccompProfile.type: RuntimeDefault on the pod";

    public override IEnumerable<Finding> Check(SiteView site) => Restricted.Containers(site)
        .Where(container => container.Security("seccompProfile", "type") is not ("RuntimeDefault" or "Localhost"))
        .Select(container => Broken(container.Pod.Owner, container.Pod.Spec?.At("securityContext") ?? container.Node, $"{container} runs without a seccomp profile"));
}
