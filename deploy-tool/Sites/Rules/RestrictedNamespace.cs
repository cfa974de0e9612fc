using FaceEdge.Deploy.Sites.Validation;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>The labels make the host itself refuse pods that are less restricted than these files say.</summary>
internal sealed class RestrictedNamespace : SiteRule
{
    public override string Id => "FE3010";

    public override string Summary => "The detector's namespace enforces, audits and warns at the level restricted";

    public override string Remedy => "label the Namespace pod-security.kubernetes.io/enforce, audit and warn: restricted";

    public override IEnumerable<Finding> Check(SiteView site)
    {
        var spaces = site.Of("Deployment").Where(one => one.Name == DetectorManifest.Deployment.Name).Select(one => one.Namespace).ToHashSet(StringComparer.Ordinal);
        return from space in site.Of("Namespace").Where(one => spaces.Contains(one.Name))
               from mode in PodSecurity.Modes
               where PodSecurity.Level(space, mode) != "restricted"
               select Broken(space, space.Root.At("metadata", "labels") ?? space.Root.At("metadata"), $"does not {mode} the level restricted");
    }
}
