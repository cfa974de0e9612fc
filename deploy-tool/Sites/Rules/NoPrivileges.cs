using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Pod Security Standards, baseline and restricted: privileges, capabilities, host namespaces, host paths.</summary>
internal sealed class NoPrivileges : SiteRule
{
    public override string Id => "FE3008";

    public override string Summary => "Containers of restricted namespaces have no privileges";

    public override string Remedy => "set allowPrivilegeEscalation: false and capabilities.drop: [ALL], and use no host namespace or hostPath";

    private static readonly string[] HostNamespaces = ["hostNetwork", "hostPID", "hostIPC"];

    public override IEnumerable<Finding> Check(SiteView site)
    {
        foreach (var container in Restricted.Containers(site))
        {
            var place = container.Node.At("securityContext") ?? container.Node;
            if (container.Node.Text("securityContext", "allowPrivilegeEscalation") != "false")
            {
                yield return Broken(container.Pod.Owner, place, $"{container} does not forbid privilege escalation");
            }

            if (container.Node.Text("securityContext", "privileged") == "true")
            {
                yield return Broken(container.Pod.Owner, container.Node.At("securityContext", "privileged"), $"{container} is privileged");
            }

            if (!container.Node.ItemsAt("securityContext", "capabilities", "drop").Any(item => item is YamlScalar { Value: "ALL" }))
            {
                yield return Broken(container.Pod.Owner, place, $"{container} keeps capabilities");
            }
        }

        foreach (var pod in Restricted.Pods(site))
        {
            foreach (var key in HostNamespaces.Where(key => pod.Spec?.Text(key) == "true"))
            {
                yield return Broken(pod.Owner, pod.Spec?.At(key), $"uses the host's namespace: {key}");
            }

            foreach (var volume in pod.Node.ItemsAt("spec", "volumes").Where(volume => volume.At("hostPath") is not null))
            {
                yield return Broken(pod.Owner, volume.At("hostPath"), $"mounts a path of the host: volume {volume.Text("name")}");
            }
        }
    }
}
