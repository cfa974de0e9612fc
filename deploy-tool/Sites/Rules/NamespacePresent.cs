using FaceEdge.Deploy.Sites.Schema;
using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Flux applies objects as they are: one without a namespace lands in the default one, one in a namespace that nobody makes fails.</summary>
internal sealed class NamespacePresent : SiteRule
{
    public override string Id => "FE2004";

    public override string Summary => "Namespaced objects name a namespace that the site has";

    public override string Remedy => "set metadata.namespace and describe the Namespace in this site";

    /// <summary>Namespaces that the host makes itself.</summary>
    private static readonly HashSet<string> OfTheHost = ["default", "kube-system", "kube-public", "flux-system", "esx-system", "ec-system"];

    public override IEnumerable<Finding> Check(SiteView site)
    {
        var present = site.Of("Namespace").Select(one => one.Name).Concat(OfTheHost).ToHashSet(StringComparer.Ordinal);
        foreach (var one in site.Objects.Where(one => !KindCatalogue.IsClusterScoped(one.Kind) && KindCatalogue.Find(one.ApiVersion, one.Kind) is not null))
        {
            if (one.Namespace.Length == 0)
            {
                yield return Broken(one, one.Root.At("metadata"), "has no namespace");
            }
            else if (!present.Contains(one.Namespace))
            {
                yield return Broken(one, one.Root.At("metadata", "namespace"), $"is in the namespace '{one.Namespace}', which this site does not have");
            }
        }
    }
}
