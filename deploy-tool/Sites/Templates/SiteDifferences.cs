using System.Text.Json;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>In what sites that were copied by hand differ from the first of them: scalars, and entries of the mappings that may have more.</summary>
/// <param name="sites">The sites.</param>
internal sealed class SiteDifferences(IReadOnlyList<Site> sites)
{
    /// <summary>Mappings of which sites may have more entries than the first one has.</summary>
    public static readonly IReadOnlyList<EntryMap> Maps =
    [
        new("labels", ParameterType.LabelMap, new ScalarPlace(DetectorManifest.Deployment, YamlPath.OfKeys("metadata", "labels"))),
        new("settings", ParameterType.SettingMap, new ScalarPlace(DetectorManifest.Settings, YamlPath.OfKeys("data"))),
    ];

    private readonly Dictionary<(string Folder, string Map), SortedDictionary<string, string>> _entries = [];

    /// <summary>The mappings of which a site has more entries.</summary>
    public IEnumerable<EntryMap> UsedMaps => Maps.Where(map => _entries.Keys.Any(key => key.Map == map.Name));

    /// <summary>The entries that a site has more; null for none.</summary>
    public IReadOnlyDictionary<string, string>? EntriesMore(Site site, EntryMap map) => _entries.GetValueOrDefault((site.RelativePath, map.Name));

    /// <summary>Compares a file of another site with that of the first: what may differ is noted, what may not is a fault.</summary>
    public void Compare(string name, YamlFile first, YamlFile other, Site site, Dictionary<string, ScalarPlace> places, PlainTexts plain, List<SourceFault> faults)
    {
        if (first.Documents.Count != other.Documents.Count)
        {
            faults.Add(Differs(site, name, new SourcePosition(0, 1, 1), $"the file holds {other.Documents.Count} documents, and that of {sites[0].RelativePath} {first.Documents.Count}"));
            return;
        }

        foreach (var (a, b) in first.Documents.Zip(other.Documents))
        {
            var selector = new DocumentSelector(a.Root.Text("kind") ?? "", a.Root.Text("metadata", "name") ?? "");
            if (!selector.Selects(b))
            {
                faults.Add(Differs(site, name, b.Start, $"{b.Root.Text("kind")}/{b.Root.Text("metadata", "name")} stands where {sites[0].RelativePath} has {selector}"));
                return;
            }

            Compare(new Walk(name, site, selector, places, plain, faults), a.Root, b.Root, []);
        }
    }

    private void Compare(Walk walk, YamlNode first, YamlNode other, IReadOnlyList<YamlPathStep> path)
    {
        switch (first, other)
        {
            case (YamlScalar a, YamlScalar b):
                CompareScalars(walk, a, b, YamlPath.Of(path));
                break;
            case (YamlMapping a, YamlMapping b):
                foreach (var entry in b.Entries.Where(entry => !a.Entries.Any(one => one.HasKey(entry.Name ?? ""))))
                {
                    if (MapAt(walk, path) is { } map && entry is { Name: { } key, Value: YamlScalar value })
                    {
                        EntriesOf(walk.Site, map)[key] = value.Value;
                    }
                    else
                    {
                        walk.Faults.Add(Differs(walk.Site, walk.File, entry.Key.Start, $"'{entry.Name}' is not in {sites[0].RelativePath}/{walk.File}"));
                    }
                }

                foreach (var entry in a.Entries)
                {
                    if (b.Entries.FirstOrDefault(one => one.HasKey(entry.Name ?? "")) is { } same)
                    {
                        Compare(walk, entry.Value, same.Value, [.. path, new YamlPathStep.Key(entry.Name ?? "")]);
                    }
                    else
                    {
                        walk.Faults.Add(Differs(walk.Site, walk.File, b.Start, $"'{entry.Name}' is missing here, and in {sites[0].RelativePath}/{walk.File}:{entry.Key.Start.Line}"));
                    }
                }

                break;
            case (YamlSequence a, YamlSequence b) when a.Items.Count == b.Items.Count:
                var names = a.Items.Select(item => item.Text("name")).ToList();
                var byName = names.All(one => one is not null) && names.Distinct(StringComparer.Ordinal).Count() == names.Count;
                for (var i = 0; i < a.Items.Count; i++)
                {
                    Compare(walk, a.Items[i], b.Items[i], [.. path, byName ? new YamlPathStep.Match("name", names[i]!) : new YamlPathStep.Index(i)]);
                }

                break;
            default:
                walk.Faults.Add(Differs(walk.Site, walk.File, other.Start, $"what stands here is built otherwise than in {sites[0].RelativePath}/{walk.File}:{first.Start.Line}"));
                break;
        }
    }

    private static void CompareScalars(Walk walk, YamlScalar first, YamlScalar other, YamlPath path)
    {
        if (first.Value == other.Value)
        {
            return;
        }

        if (first.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted && other.Style == ScalarStyle.Plain && ScalarWriter.FitsPlain(other.Value))
        {
            walk.Plain.TryAdd(first.ContentOffset, (first, other.Value));
        }

        var members = first.Style == ScalarStyle.Literal ? JsonDifferences.Find(first.Value, other.Value) : null;
        foreach (var place in members is null ? [new ScalarPlace(walk.Selector, path)] : members.Select(member => new ScalarPlace(walk.Selector, path, YamlPath.Of(member))))
        {
            walk.Places.TryAdd(place.ToString(), place);
        }
    }

    private static string? MapAt(Walk walk, IReadOnlyList<YamlPathStep> path) =>
        Maps.FirstOrDefault(map => walk.Selector == map.Place.Document && YamlPath.Of(path).ToString() == map.Place.Path.ToString())?.Name;

    private SortedDictionary<string, string> EntriesOf(Site site, string map) =>
        _entries.TryGetValue((site.RelativePath, map), out var entries) ? entries : _entries[(site.RelativePath, map)] = new SortedDictionary<string, string>(StringComparer.Ordinal);

    private static SourceFault Differs(Site site, string file, SourcePosition position, string message) =>
        new($"{site.RelativePath}/{file}", position, message, "make the sites alike but for values, and add what only some have as a fragment afterwards");

    private sealed record Walk(string File, Site Site, DocumentSelector Selector, Dictionary<string, ScalarPlace> Places, PlainTexts Plain, List<SourceFault> Faults);
}

/// <summary>A mapping of which sites may have more entries.</summary>
/// <param name="Name">Of the parameter that it becomes.</param>
/// <param name="Type">Of that parameter.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record EntryMap(string Name, ParameterType Type, ScalarPlace Place);

/// <summary>By where the first site's scalar stands: the quoted scalar, and what another site has there without quotes.</summary>
internal sealed class PlainTexts : SortedDictionary<int, (YamlScalar Quoted, string Text)>;

/// <summary>In which values two JSON texts differ that are built alike.</summary>
internal static class JsonDifferences
{
    /// <summary>The values in which two JSON texts differ; null where they are none, or are not built alike.</summary>
    public static List<IReadOnlyList<YamlPathStep>>? Find(string first, string other)
    {
        try
        {
            using var a = JsonDocument.Parse(first);
            using var b = JsonDocument.Parse(other);
            var found = new List<IReadOnlyList<YamlPathStep>>();
            return Collect(a.RootElement, b.RootElement, [], found) ? found : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Collect(JsonElement a, JsonElement b, IReadOnlyList<YamlPathStep> path, List<IReadOnlyList<YamlPathStep>> found)
    {
        switch (a.ValueKind, b.ValueKind)
        {
            case (JsonValueKind.Object, JsonValueKind.Object):
                return a.EnumerateObject().Select(one => one.Name).SequenceEqual(b.EnumerateObject().Select(one => one.Name))
                    && a.EnumerateObject().Zip(b.EnumerateObject()).All(pair => Collect(pair.First.Value, pair.Second.Value, [.. path, new YamlPathStep.Key(pair.First.Name)], found));
            case (JsonValueKind.Array, JsonValueKind.Array):
                return a.GetArrayLength() == b.GetArrayLength()
                    && a.EnumerateArray().Zip(b.EnumerateArray()).Index().All(one => Collect(one.Item.First, one.Item.Second, [.. path, new YamlPathStep.Index(one.Index)], found));
            default:
                if (a.GetRawText() != b.GetRawText())
                {
                    found.Add(path);
                }

                return a.ValueKind == b.ValueKind;
        }
    }
}
