using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>A tag can move and a digest says nothing to people; a pinned image has both, and the site runs what was tested.</summary>
internal sealed class PinnedImage : SiteRule
{
    public override string Id => "FE3002";

    public override string Summary => "Containers run images by tag and digest, and the detector the one of the policy";

    public override string Remedy => "promote an image (deploy-tool promote pins it), or write name:tag@sha256:digest";

    public override IEnumerable<Finding> Check(SiteView site)
    {
        foreach (var container in site.Pods.SelectMany(pod => pod.AllContainers))
        {
            if (container.Node.At("image") is not YamlScalar { Value: { Length: > 0 } image } node)
            {
                continue;
            }

            if (!ImageReference.TryParse(image, out var reference) || !reference.IsPinned || reference.Tag == "latest")
            {
                yield return Broken(container.Pod.Owner, node, $"{container}: '{image}' is not pinned to a version by tag and digest");
            }
            else if (container.Name == "face-detector" && site.Policy is { } policy && reference.Name != policy.Image.Repository)
            {
                yield return Broken(container.Pod.Owner, node, $"{container}: '{reference.Name}' is not the image of {PolicyFile.FileName}, {policy.Image.Repository}");
            }
        }
    }
}
