using System.Text.RegularExpressions;
using FaceEdge.Deploy.Sites.Schema;
using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>A kind that the host does not know fails the whole apply.</summary>
internal sealed class KnownKind() : SiteRule("FE2001", "Every object is of a kind that the edge stack knows", "correct apiVersion and kind")
{
    public override IEnumerable<Finding> Check(SiteView site)
    {
        foreach (var one in site.Objects.Where(one => !KindCatalogue.IsKnown(one)))
        {
            var place = (one.Root.At("kind") ?? one.Root.At("apiVersion") ?? one.Root).Start;
            yield return KindCatalogue.IsNone(one)
                ? Broken(one.File, place, $"{one}: '{one.ApiVersion} {one.Kind}' is not a kind that the edge stack knows")
                : Unjudged(site, one.File, place, $"{one}: '{one.ApiVersion} {one.Kind}' is a kind that validation does not know");
        }
    }
}

/// <summary>Flux applies server-side: one unknown field fails the apply (field not declared in schema).</summary>
internal sealed class StrictSchema() : SiteRule(
    "FE2002",
    "Objects hold only fields that their schema knows, of the right type, and none is missing",
    "follow the schema of the kind")
{
    public override IEnumerable<Finding> Check(SiteView site) =>
        from one in site.Objects
        from fault in KindCatalogue.Find(one.ApiVersion, one.Kind) is { } type ? SchemaCheck.Run(one.Root, type) : SchemaCheck.RunMetadata(one.Root)
        let message = $"{one}: {fault.Message}"
        select fault.Judged ? Broken(one.File, fault.Position, message) : Unjudged(site, one.File, fault.Position, message);
}

/// <summary>Kubernetes refuses other names (RFC 1123).</summary>
internal sealed partial class NamedObject() : SiteRule(
    "FE2003",
    "Every object has a name of lower-case letters, digits, dashes and dots",
    "give metadata.name a valid name")
{
    public override IEnumerable<Finding> Check(SiteView site) => site.Objects
        .Where(one => one.Group == "rbac.authorization.k8s.io" ? !PathSegment().IsMatch(one.Name) : !Name().IsMatch(one.Name))
        .Select(one => Broken(one, one.Root.At("metadata", "name") ?? one.Root.At("metadata"), one.Name.Length == 0 ? "has no name" : $"'{one.Name}' is not a valid name"));

    /// <summary>Names of roles and their bindings, such as system:node:edge-01 (Kubernetes, path segment names).</summary>
    [GeneratedRegex(@"^(?!\.{1,2}\z)[^/%\s]{1,253}\z")]
    private static partial Regex PathSegment();

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\z")]
    private static partial Regex Name();
}

/// <summary>Flux applies objects as they are: one without a namespace lands in the default one, one in a namespace that nobody makes fails.</summary>
internal sealed class NamespacePresent() : SiteRule(
    "FE2004",
    "Namespaced objects name a namespace that the site has",
    "set metadata.namespace and describe the Namespace in this site")
{
    /// <summary>Namespaces that the host makes itself.</summary>
    private static readonly HashSet<string> OfTheHost = ["default", "kube-system", "kube-public", "kube-node-lease", "flux-system", "esx-system", "ec-system"];

    public override IEnumerable<Finding> Check(SiteView site)
    {
        var present = site.Of("Namespace").Select(one => one.Name).Concat(OfTheHost).ToHashSet(StringComparer.Ordinal);
        foreach (var one in site.Objects.Where(one => !KindCatalogue.IsClusterScoped(one.Kind) && KindCatalogue.IsKnown(one)))
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
