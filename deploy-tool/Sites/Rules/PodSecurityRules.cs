using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Pod Security Standards, restricted: Running as Non-root.</summary>
internal sealed class NonRoot() : SiteRule(
    "FE3006",
    "Containers of restricted namespaces run as a user that is not root",
    "set runAsNonRoot: true and a runAsUser above 0")
{
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

/// <summary>What cannot be written cannot be replaced; files go to volumes.</summary>
internal sealed class ReadOnlyRoot() : SiteRule(
    "FE3007",
    "Containers of restricted namespaces cannot write to their root file system",
    "set readOnlyRootFilesystem: true and mount an emptyDir where the container writes")
{
    public override IEnumerable<Finding> Check(SiteView site) => Restricted.Containers(site)
        .Where(container => container.Node.Text("securityContext", "readOnlyRootFilesystem") != "true")
        .Select(container => Broken(container.Pod.Owner, container.Node.At("securityContext") ?? container.Node, $"{container} can write to its root file system"));
}

/// <summary>Pod Security Standards, baseline and restricted: privileges, capabilities, host namespaces, host paths.</summary>
internal sealed class NoPrivileges() : SiteRule(
    "FE3008",
    "Containers of restricted namespaces have no privileges",
    "set allowPrivilegeEscalation: false and capabilities.drop: [ALL], and use no host namespace or hostPath")
{
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

/// <summary>Pod Security Standards, restricted: Seccomp.</summary>
internal sealed class Seccomp() : SiteRule(
    "FE3009",
    "Containers of restricted namespaces run under a seccomp profile",
    "set seccompProfile.type: RuntimeDefault on the pod")
{
    public override IEnumerable<Finding> Check(SiteView site) => Restricted.Containers(site)
        .Where(container => container.Security("seccompProfile", "type") is not ("RuntimeDefault" or "Localhost"))
        .Select(container => Broken(container.Pod.Owner, container.Pod.Spec?.At("securityContext") ?? container.Node, $"{container} runs without a seccomp profile"));
}

/// <summary>Pods of namespaces that are not declared privileged, and which the restricted level is therefore asked of.</summary>
internal static class Restricted
{
    public static IEnumerable<PodTemplate> Pods(SiteView site) => site.Pods.Where(pod =>
        site.Of("Namespace").FirstOrDefault(one => one.Name == pod.Owner.Namespace) is not { } space || PodSecurity.Level(space, "enforce") != "privileged");

    public static IEnumerable<Container> Containers(SiteView site) => Pods(site).SelectMany(pod => pod.AllContainers);
}

/// <summary>The pod-security labels of a Namespace.</summary>
internal static class PodSecurity
{
    public static IReadOnlyList<string> Modes { get; } = ["enforce", "audit", "warn"];

    public static string? Level(KubernetesObject space, string mode) => space.Root.Text("metadata", "labels", $"pod-security.kubernetes.io/{mode}");
}
