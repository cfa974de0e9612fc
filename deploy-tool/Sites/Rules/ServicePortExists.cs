using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>A Service that forwards to a port nobody listens on answers nobody.</summary>
internal sealed class ServicePortExists : SiteRule
{
    public override string Id => "FE4002";

    public override string Summary => "A Service forwards to a port that the pods' containers have";

    public override string Remedy => "use the name or number of a containerPort as targetPort";

    public override IEnumerable<Finding> Check(SiteView site) =>
        from service in site.Of("Service")
        from port in service.Root.ItemsAt("spec", "ports")
        let target = port.Text("targetPort") ?? port.Text("port") ?? ""
        let pods = Labels.Selected(site, service).ToList()
        where pods.Count > 0 && !pods.Any(pod => pod.Containers.Any(container => Ports.Has(container, target)))
        select Broken(service, port.At("targetPort") ?? port, $"forwards to the port '{target}', which no container of its pods has");
}
