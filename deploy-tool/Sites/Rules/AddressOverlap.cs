using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Two pools with one address would give it out twice.</summary>
internal sealed class AddressOverlap : SiteRule
{
    public override string Id => "FE4005";

    public override string Summary => "Address ranges of a site do not overlap";

    public override string Remedy => "take the shared addresses out of one of the ranges";

    public override IEnumerable<Finding> Check(SiteView site)
    {
        var seen = new List<(AddressRange Range, string Text, KubernetesObject Pool)>();
        foreach (var pool in site.Of("IPAddressPool"))
        {
            foreach (var item in pool.Root.ItemsAt("spec", "addresses").OfType<YamlScalar>())
            {
                if (!AddressRange.TryParse(item.Value, out var range))
                {
                    continue;
                }

                if (seen.FirstOrDefault(other => other.Range.Overlaps(range)) is { Pool: { } other, Text: var text })
                {
                    yield return Broken(pool, item, $"{item.Value} overlaps {text} of {other} ({other.File.RelativePath})");
                }

                seen.Add((range, item.Value, pool));
            }
        }
    }
}
