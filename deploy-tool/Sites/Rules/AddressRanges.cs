using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>MetalLB refuses a pool whose ranges it cannot read.</summary>
internal sealed class AddressRanges : SiteRule
{
    public override string Id => "FE4004";

    public override string Summary => "Pools hold address ranges or prefixes";

    public override string Remedy => "write a prefix such as 192.0.2.0/28 or a range such as 192.0.2.10-192.0.2.19";

    public override IEnumerable<Finding> Check(SiteView site) =>
        from pool in site.Of("IPAddressPool")
        from item in pool.Root.ItemsAt("spec", "addresses").OfType<YamlScalar>()
        where !AddressRange.TryParse(item.Value, out _)
        select Broken(pool, item, $"'{item.Value}' is not a range of addresses");
}
