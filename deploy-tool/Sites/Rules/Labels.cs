using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Which pods a selector takes.</summary>
internal static class Labels
{
    /// <summary>True when every label that is asked for is there; asking for none matches nothing here, since that is a mistake.</summary>
    public static bool Match(IReadOnlyDictionary<string, string> wanted, IReadOnlyDictionary<string, string> labels) =>
        wanted.Count > 0 && wanted.All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value);

    /// <summary>The pods that a Service sends its traffic to.</summary>
    public static IEnumerable<PodTemplate> Selected(SiteView site, KubernetesObject service) =>
        site.Pods.Where(pod => pod.Owner.Namespace == service.Namespace && Match(service.Texts("spec", "selector"), pod.Labels));
}
