using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>The API refuses a workload whose selector does not match its own pods.</summary>
internal sealed class SelectorMatchesPods : SiteRule
{
    public override string Id => "FE3011";

    public override string Summary => "A workload's selector matches the labels of its pods";

    public override string Remedy => "use the same labels in spec.selector.matchLabels and spec.template.metadata.labels";

    public override IEnumerable<Finding> Check(SiteView site) => site.Pods
        .Where(pod => pod.Owner.Kind is "Deployment" or "StatefulSet" or "DaemonSet")
        .Where(pod => !Labels.Match(pod.Owner.Texts("spec", "selector", "matchLabels"), pod.Labels))
        .Select(pod => Broken(pod.Owner, pod.Owner.Root.At("spec", "selector"), "the selector does not match the labels of its own pods"));
}
