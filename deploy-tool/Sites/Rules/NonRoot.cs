using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Pod Security Standards, restricted: Running as Non-root.</summary>
internal sealed class NonRoot : SiteRule
{
    public override string Id => "FE3006";

    public override string Summary => "Containers of restricted namespaces run as a user that is not root";

    public override string Remedy => "set runAsNonRoot: true and a runAsUser above 0";

    public override IEnumerable<Finding> Check(SiteView site)
    {
        foreach (var container in Restricted.Containers(site))
        {
            if (container.Security("runAsNonRoot") != "true")
            {
                yield return Broken(container.Pod.Owner, container.Node.At("securityContext") ?? container.Node, $"{container} may run as root: runAsNonRoot is not true");
            }

            if (container.Security("runAsUser") == "0")
            {
                yield return Broken(container.Pod.Owner, container.Node.At("securityContext", "runAsUser") ?? container.Pod.Spec?.At("securityContext", "runAsUser"), $"{container} runs as user 0");
            }
        }
    }
}
