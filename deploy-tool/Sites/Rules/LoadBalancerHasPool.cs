using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Without a pool, or without its announcement, a LoadBalancer Service waits for its address for ever.</summary>
internal sealed class LoadBalancerHasPool : SiteRule
{
    public override string Id => "FE4003";

    public override string Summary => "Each LoadBalancer Service has a pool of addresses that is announced";

    public override string Remedy => "describe an IPAddressPool and an L2Advertisement for it in metallb.yaml";

    private static readonly string[] PoolAnnotations = ["metallb.io/address-pool", "metallb.universe.tf/address-pool"];

    public override IEnumerable<Finding> Check(SiteView site)
    {
        var pools = site.Of("IPAddressPool").ToList();
        foreach (var service in site.Of("Service").Where(one => one.Root.Text("spec", "type") == "LoadBalancer"))
        {
            var place = service.Root.At("spec", "type");
            var annotations = service.Texts("metadata", "annotations");
            var named = PoolAnnotations.Select(annotations.GetValueOrDefault).FirstOrDefault(name => name is not null);
            var candidates = pools.Where(pool => named is null ? pool.Root.Text("spec", "autoAssign") != "false" : pool.Name == named).ToList();
            if (candidates.Count == 0)
            {
                yield return Broken(service, place, named is null ? "no IPAddressPool of this site gives it an address" : $"asks for the pool '{named}', which this site does not have");
            }
            else if (!candidates.Any(pool => IsAnnounced(site, pool)))
            {
                yield return Broken(service, place, $"its pool '{candidates[0].Name}' is announced by no L2Advertisement or BGPAdvertisement");
            }
        }
    }

    /// <summary>An advertisement without a list announces every pool of its namespace.</summary>
    private static bool IsAnnounced(SiteView site, KubernetesObject pool) => site.Of("L2Advertisement").Concat(site.Of("BGPAdvertisement"))
        .Where(one => one.Namespace == pool.Namespace)
        .Select(one => (Names: one.Root.ItemsAt("spec", "ipAddressPools").OfType<YamlScalar>().Select(item => item.Value).ToList(), Selectors: one.Root.ItemsAt("spec", "ipAddressPoolSelectors").Any()))
        .Any(one => one.Names.Contains(pool.Name) || one.Selectors || one.Names.Count == 0);
}
