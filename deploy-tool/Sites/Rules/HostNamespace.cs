using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>The edge stack reads host configuration from this namespace only.</summary>
internal sealed class HostNamespace : SiteRule
{
    public override string Id => "FE5001";

    public override string Summary => "HostConfiguration objects are in the namespace esx-system";

    public override string Remedy => "set metadata.namespace: esx-system";

    public override IEnumerable<Finding> Check(SiteView site) => site.Of("HostConfiguration")
        .Where(one => one.Namespace != "esx-system")
        .Select(one => Broken(one, one.Root.At("metadata", "namespace") ?? one.Root.At("metadata"), "is not in the namespace esx-system"));
}
