using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Pods read a ConfigMap at their start only: the hash on the pod template makes a changed setting restart them.</summary>
internal sealed class SettingsInStep : SiteRule
{
    public override string Id => "FE3012";

    public override string Summary => "The annotation faceedge.dev/settings-sha256 is the hash of the settings";

    public override string Remedy => "change settings with deploy-tool configure, which keeps the annotation in step";

    public override IEnumerable<Finding> Check(SiteView site)
    {
        foreach (var deployment in site.Objects.Where(one => one.Selector == DetectorManifest.Deployment))
        {
            if (site.Find("ConfigMap", deployment.Namespace, DetectorManifest.Settings.Name) is not { } settings)
            {
                continue;
            }

            var expected = SettingsHash.Of(settings.Texts("data"));
            var place = deployment.Root.At("spec", "template", "metadata", "annotations");
            if (place?.Text(SettingsHash.Annotation) != expected)
            {
                yield return Broken(deployment, place?.At(SettingsHash.Annotation) ?? place, $"the annotation {SettingsHash.Annotation} does not match the settings; it should be {expected}");
            }
        }
    }
}
