using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Promotion, configuration and site checks all look for it by this name.</summary>
internal sealed class DetectorPresent : SiteRule
{
    public override string Id => "FE3001";

    public override string Summary => "A site has the Deployment face-detector with a container of that name";

    public override string Remedy => "name the Deployment and its container face-detector";

    public override IEnumerable<Finding> Check(SiteView site)
    {
        var deployment = site.Objects.FirstOrDefault(one => one.Selector == DetectorManifest.Deployment);
        var file = site.Files.FirstOrDefault(one => Path.GetFileName(one.RelativePath) == SiteFiles.FaceDetector);
        if (deployment is null && file is { Fault: null })
        {
            yield return Broken(file, new SourcePosition(0, 1, 1), "the file has no Deployment/face-detector");
        }
        else if (deployment is not null && PodTemplate.Of(deployment)?.Containers.Count(one => one.Name == "face-detector") != 1)
        {
            yield return Broken(deployment, deployment.Root.At("spec"), "has no container face-detector, or more than one");
        }
    }
}
