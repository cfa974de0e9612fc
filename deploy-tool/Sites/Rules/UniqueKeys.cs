using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Readers differ on which of two equal keys counts.</summary>
internal sealed class UniqueKeys : SiteRule
{
    public override string Id => "FE1003";

    public override string Summary => "A mapping has each key once";

    public override string Remedy => "delete the entry that is not meant";

    public override IEnumerable<Finding> Check(SiteView site)
    {
        foreach (var file in site.Files)
        {
            foreach (var document in file.Yaml?.Documents ?? [])
            {
                foreach (var entry in Repeated(document.Root))
                {
                    yield return Broken(file, entry.Key.Start, $"the key '{entry.Name}' stands in this mapping twice");
                }
            }
        }
    }

    private static IEnumerable<YamlEntry> Repeated(YamlNode node) => node switch
    {
        YamlMapping mapping => mapping.Entries
            .GroupBy(entry => entry.Name, StringComparer.Ordinal).Where(group => group.Key is not null).SelectMany(group => group.Skip(1))
            .Concat(mapping.Entries.SelectMany(entry => Repeated(entry.Value))),
        YamlSequence sequence => sequence.Items.SelectMany(Repeated),
        _ => [],
    };
}
