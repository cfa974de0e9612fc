using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>The service refuses to start on a setting that it does not know or a value that it does not allow.</summary>
internal sealed class KnownSettings : SiteRule
{
    public override string Id => "FE3013";

    public override string Summary => "The ConfigMap holds settings that the service knows, with values that it allows";

    public override string Remedy => "use a key and a value that docs/sites.md lists";

    public override IEnumerable<Finding> Check(SiteView site) =>
        from settings in site.Objects.Where(one => one.Selector == DetectorManifest.Settings)
        from entry in settings.Root.EntriesAt("data")
        let fault = entry.Value.Resolved is YamlScalar scalar ? ServiceSettings.Check(entry.Name ?? "", scalar.Value) : null
        where fault is not null
        select Broken(settings, entry.Key, fault);
}
