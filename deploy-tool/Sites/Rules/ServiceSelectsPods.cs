using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>A Service whose selector matches no pod answers nobody.</summary>
internal sealed class ServiceSelectsPods : SiteRule
{
    public override string Id => "FE4001";

    public override string Summary => "A Service selects pods of this site";

    public override string Remedy => "use the labels of the workload's pod template in spec.selector";

    public override IEnumerable<Finding> Check(SiteView site) => site.Of("Service")
        .Where(service => service.Texts("spec", "selector").Count > 0 && !Labels.Selected(site, service).Any())
        .Select(service => Broken(service, service.Root.At("spec", "selector"), "selects no pods of this site"));
}
