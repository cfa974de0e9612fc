using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>A site that lost its uplink must still restart its pods from the image it has.</summary>
internal sealed class LocalImageFirst : SiteRule
{
    public override string Id => "FE3003";

    public override string Summary => "Images are pulled once, not at each start";

    public override string Remedy => "set imagePullPolicy: IfNotPresent; the digest makes Always pointless";

    public override IEnumerable<Finding> Check(SiteView site) => site.Pods.SelectMany(pod => pod.AllContainers)
        .Where(container => container.Node.Text("imagePullPolicy") == "Always")
        .Select(container => Broken(container.Pod.Owner, container.Node.At("imagePullPolicy"), $"{container} asks the registry at each start"));
}
