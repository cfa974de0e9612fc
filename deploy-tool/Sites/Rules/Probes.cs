using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Without probes a hung process stays and a starting one gets viewers.</summary>
internal sealed class Probes : SiteRule
{
    public override string Id => "FE3004";

    public override string Summary => "The detector has startup and liveness probes on /healthz and a readiness probe on /readyz";

    public override string Remedy => "add the probe as in the other environments";

    private static readonly (string Probe, string Path)[] Wanted = [("startupProbe", "/healthz"), ("livenessProbe", "/healthz"), ("readinessProbe", "/readyz")];

    public override IEnumerable<Finding> Check(SiteView site)
    {
        foreach (var container in site.Pods.SelectMany(pod => pod.Containers).Where(one => one.Name == "face-detector"))
        {
            foreach (var (probe, path) in Wanted)
            {
                var node = container.Node.At(probe);
                if (node?.Text("httpGet", "path") != path)
                {
                    yield return Broken(container.Pod.Owner, node ?? container.Node, $"{container} has no {probe} on {path}");
                }
                else if (!Ports.Has(container, node.Text("httpGet", "port") ?? ""))
                {
                    yield return Broken(container.Pod.Owner, node.At("httpGet", "port"), $"{container}: {probe} asks a port that the container does not have");
                }
            }
        }
    }
}
