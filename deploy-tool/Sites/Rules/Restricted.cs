using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Pods of namespaces that are not declared privileged, and which the restricted level is therefore asked of.</summary>
internal static class Restricted
{
    public static IEnumerable<PodTemplate> Pods(SiteView site) => site.Pods.Where(pod =>
        site.Of("Namespace").FirstOrDefault(one => one.Name == pod.Owner.Namespace) is not { } space || PodSecurity.Level(space, "enforce") != "privileged");

    public static IEnumerable<Container> Containers(SiteView site) => Pods(site).SelectMany(pod => pod.AllContainers);
}
