using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>Flux applies nothing of a folder in which one file does not parse.</summary>
internal sealed class ValidYaml() : SiteRule("FE1001", "Every file is a UTF-8 YAML stream", "correct the YAML at this place")
{
    public override IEnumerable<Finding> Check(SiteView site) =>
        site.Files.Where(file => file.Fault is not null).Select(file => Broken(file, file.Fault!.Position, file.Fault.Message));
}

/// <summary>A site is described by four files; one that is missing is a mistake in copying a folder.</summary>
internal sealed class FourFiles() : SiteRule(
    "FE1002",
    "A site has configureHost.yaml, face-detector.yaml, vm.yaml and metallb.yaml",
    "copy the file from another site of the environment and adapt it")
{
    public override IEnumerable<Finding> Check(SiteView site) => SiteFiles.Required
        .Where(name => site.Files.All(file => Path.GetFileName(file.RelativePath) != name))
        .Select(name => new Finding(Id, Severity, $"{site.Site.RelativePath}/{name}", new SourcePosition(0, 1, 1), "the file is missing", Remedy));
}

/// <summary>Readers differ on which of two equal keys counts.</summary>
internal sealed class UniqueKeys() : SiteRule("FE1003", "A mapping has each key once", "delete the entry that is not meant")
{
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

/// <summary>Of two objects with one name the later one wins, silently.</summary>
internal sealed class UniqueObjects() : SiteRule("FE1004", "A site describes each object once", "rename one of the objects or delete it")
{
    public override IEnumerable<Finding> Check(SiteView site) => site.Objects
        .GroupBy(one => (one.Group, one.Kind, one.Namespace, one.Name))
        .SelectMany(group => group.Skip(1).Select(second =>
            Broken(second, null, $"is described in {group.First().File.RelativePath}:{group.First().Root.Start.Line} already")));
}
