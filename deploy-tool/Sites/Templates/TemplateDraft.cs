using System.Text;
using System.Text.Json;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>
/// Makes template, parameters and inventory out of sites that were copied by hand: the first site is the template, each scalar in which others differ
/// is a parameter, and scalars that differ together are one.
/// </summary>
/// <param name="source">The sites folder.</param>
/// <param name="sites">The sites, the first of which becomes the template.</param>
internal sealed class TemplateDraft(ISiteSource source, IReadOnlyList<Site> sites)
{
    /// <summary>Mappings of which sites may have more entries than the first one has.</summary>
    private static readonly (string Name, ParameterType Type, ScalarPlace Place)[] Maps =
    [
        ("labels", ParameterType.LabelMap, new ScalarPlace(DetectorManifest.Deployment, YamlPath.OfKeys("metadata", "labels"))),
        ("settings", ParameterType.SettingMap, new ScalarPlace(DetectorManifest.Settings, YamlPath.OfKeys("data"))),
    ];

    private readonly List<Draft> _drafts = [];

    /// <summary>Entries by the sites' folders and the maps' names.</summary>
    private readonly Dictionary<(string Folder, string Map), SortedDictionary<string, string>> _entries = [];

    /// <summary>The files to write, by their paths from the sites folder; null when there is a fault.</summary>
    public Dictionary<string, byte[]>? Make(List<SourceFault> faults)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in SiteFiles.All.Where(name => SiteFiles.Required.Contains(name) || sites.Any(site => source.Read($"{site.RelativePath}/{name}") is not null)))
        {
            var parsed = sites.Select(site => Parse(site, name, faults)).ToList();
            if (faults.Count > 0)
            {
                return null;
            }

            files[$"{SiteTemplate.Folder}/{name}"] = source.Read($"{sites[0].RelativePath}/{name}")!;
            var places = new Dictionary<string, ScalarPlace>(StringComparer.Ordinal);
            var plain = new PlainTexts();
            for (var i = 1; i < parsed.Count; i++)
            {
                Compare(name, parsed[0]!, parsed[i]!, sites[i], places, plain, faults);
            }

            if (faults.Count > 0)
            {
                return null;
            }

            files[$"{SiteTemplate.Folder}/{name}"] = WithoutQuotes(files[$"{SiteTemplate.Folder}/{name}"], plain);
            AddDrafts(name, [.. places.Values.Where(place => !IsComputed(place))], parsed);
        }

        Name();
        files[ParameterFile.FilePath] = Encoding.UTF8.GetBytes(WriteParameters());
        foreach (var site in sites)
        {
            files[Inventory.PathOf(site.Environment, site.Name)] = Encoding.UTF8.GetBytes(WriteInventory(site));
        }

        return files;
    }

    private YamlFile? Parse(Site site, string name, List<SourceFault> faults)
    {
        var path = $"{site.RelativePath}/{name}";
        YamlFile? parsed = null;
        var fault = source.Read(path) is { } bytes ? YamlFile.TryParse(bytes, out parsed) : new YamlFault(new SourcePosition(0, 1, 1), "the file is missing");
        if (fault is not null)
        {
            faults.Add(new SourceFault(path, fault.Position, fault.Message, "correct or restore the file"));
            return null;
        }

        return parsed;
    }

    private void Compare(string name, YamlFile first, YamlFile other, Site site, Dictionary<string, ScalarPlace> places, PlainTexts plain, List<SourceFault> faults)
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

        var members = first.Style == ScalarStyle.Literal ? Members(first.Value, other.Value) : null;
        foreach (var place in members is null ? [new ScalarPlace(walk.Selector, path)] : members.Select(member => new ScalarPlace(walk.Selector, path, YamlPath.Of(member))))
        {
            walk.Places.TryAdd(place.ToString(), place);
        }
    }

    /// <summary>
    /// The file with plain texts where the first site's needs quotes and another's does not: what is written in the place of a plain text has quotes only where
    /// it needs them, so that every site stays as it is.
    /// </summary>
    private static byte[] WithoutQuotes(byte[] file, PlainTexts plain)
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(file));
        var mark = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        foreach (var (quoted, replacement) in plain.Values.Reverse())
        {
            text.Remove(mark + quoted.ContentOffset, quoted.EndOffset - quoted.ContentOffset).Insert(mark + quoted.ContentOffset, replacement);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The values in which two JSON texts differ; null where they are none, or are not built alike.</summary>
    private static List<IReadOnlyList<YamlPathStep>>? Members(string first, string other)
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

    /// <summary>Places that have the same values at every site are one parameter.</summary>
    private void AddDrafts(string name, IReadOnlyList<ScalarPlace> places, List<YamlFile?> files)
    {
        foreach (var place in places)
        {
            var values = files.Select(file => PreparedEdit.TryPrepare([], file!, [place], out var edit) is null ? edit.Values[0] : "").ToList();
            if (_drafts.Find(draft => draft.Values.SequenceEqual(values)) is { } same)
            {
                same.Places.Add((name, place));
            }
            else
            {
                _drafts.Add(new Draft(values, [(name, place)]));
            }
        }
    }

    /// <summary>A parameter has the name of its scalar; a second one of that name a number.</summary>
    private void Name()
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { "image", InventoryFile.FragmentsKey };
        names.UnionWith(Maps.Select(map => map.Name));
        names.UnionWith(ParameterValues.Reserved);
        foreach (var draft in _drafts)
        {
            var (_, place) = draft.Places[0];
            var last = (place.Member ?? place.Path).Steps.Select(NameOf).LastOrDefault(text => text is not (null or "value")) ?? "value";
            var words = last.Split(['_', '.', '/', '-', ' '], StringSplitOptions.RemoveEmptyEntries).Select(word => string.Concat(word.Where(char.IsAsciiLetterOrDigit))).Where(word => word.Length > 0).ToList();
            var text = string.Concat(words.Select((word, i) => (i == 0 ? char.ToLowerInvariant(word[0]) : char.ToUpperInvariant(word[0])) + word[1..]));
            var name = text.Length > 0 && char.IsAsciiLetterLower(text[0]) ? text : "value";
            var number = 1;
            while (!names.Add(number == 1 ? name : $"{name}{number}"))
            {
                number++;
            }

            draft.Name = number == 1 ? name : $"{name}{number}";
            draft.Pattern = PatternOf(draft.Values);
        }
    }

    /// <summary>What a step calls what it leads to; a variable's name is in capitals.</summary>
    private static string? NameOf(YamlPathStep step) => step switch
    {
        YamlPathStep.Key key => key.Name,
        YamlPathStep.Match match => match.Value.Any(char.IsLower) ? match.Value : match.Value.ToLowerInvariant(),
        _ => null,
    };

    /// <summary>A text that is every site's value where its names are replaced; null where there is none.</summary>
    private string? PatternOf(IReadOnlyList<string> values)
    {
        var escaped = ComposedText.Escape(values[0]);
        string[] patterns = [escaped.Replace(sites[0].Name, "{site}", StringComparison.Ordinal), escaped.Replace(sites[0].Environment, "{environment}", StringComparison.Ordinal)];
        return Array.Find(patterns, pattern => values.Zip(sites).All(pair =>
            ComposedText.TryParse(pattern, out var text) is null && text.With(name => name == "site" ? pair.Second.Name : pair.Second.Environment) == pair.First));
    }

    private string WriteParameters()
    {
        var text = new StringBuilder("# In what the sites differ, as they were found. docs/site-template.md describes every key.\nversion: 1\n\nparameters:\n");
        foreach (var draft in _drafts)
        {
            var isRange = draft.Pattern is null && draft.Values.All(value => AddressRange.TryParse(value, out _));
            text.Append($"  - name: {draft.Name}\n    type: {(isRange ? "addressRange" : "text")}\n");
            if (draft.Pattern is { } pattern)
            {
                text.Append($"    default: {Written(pattern)}\n");
            }

            WritePlaces(text, draft.Places);
        }

        foreach (var (name, type, place) in Maps.Where(map => _entries.Keys.Any(key => key.Map == map.Name)))
        {
            text.Append($"  - name: {name}\n    type: {char.ToLowerInvariant($"{type}"[0])}{$"{type}"[1..]}\n");
            WritePlaces(text, [(SiteFiles.FaceDetector, place)]);
        }

        var detector = Parse(sites[0], SiteFiles.FaceDetector, []);
        var promoted = new[] { DetectorManifest.ImagePath, DetectorManifest.ReportedImagePath }.Select(path => new ScalarPlace(DetectorManifest.Deployment, path))
            .Where(place => ScalarLookup.Find(detector!, place.Document, place.Path).Scalar is not null).Select(place => (SiteFiles.FaceDetector, place)).ToList();
        if (promoted.Count > 0)
        {
            text.Append("  - name: image\n    type: text\n    owner: promotion\n");
            WritePlaces(text, promoted);
        }

        return _drafts.Count + _entries.Count + promoted.Count > 0 ? text.ToString() : text.Replace("parameters:\n", "parameters: []\n").ToString();
    }

    private static void WritePlaces(StringBuilder text, IEnumerable<(string File, ScalarPlace Place)> places)
    {
        text.Append("    sets:\n");
        foreach (var (file, place) in places)
        {
            text.Append($"      - file: {file}\n        document: {Written(place.Document.ToString())}\n        path: {Written(place.Path.ToString())}\n");
            if (place.Member is not null)
            {
                text.Append($"        member: {Written(place.Member.ToString())}\n");
            }
        }
    }

    private string WriteInventory(Site site)
    {
        var number = sites.TakeWhile(one => one != site).Count();
        var own = _drafts.Where(draft => draft.Pattern is null).Select(draft => $"{draft.Name}: {Written(ComposedText.Escape(draft.Values[number]))}\n");
        var entries = Maps.SelectMany(map => _entries.TryGetValue((site.RelativePath, map.Name), out var found)
            ? found.Select(one => $"  {Written(one.Key)}: {Written(ComposedText.Escape(one.Value))}\n").Prepend($"{map.Name}:\n")
            : []);
        var text = string.Concat(own.Concat(entries));
        return text.Length > 0 ? text : $"# {site.RelativePath} has nothing of its own.\n";
    }

    private static string Written(string value) => ScalarWriter.Write(value, ScalarStyle.Plain);

    private static string? MapAt(Walk walk, IReadOnlyList<YamlPathStep> path) =>
        Array.Find(Maps, map => walk.Selector == map.Place.Document && YamlPath.Of(path).ToString() == map.Place.Path.ToString()).Name;

    private SortedDictionary<string, string> EntriesOf(Site site, string map) =>
        _entries.TryGetValue((site.RelativePath, map), out var entries) ? entries : _entries[(site.RelativePath, map)] = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What promotion sets, and the hash, are no parameters of the inventory.</summary>
    private static bool IsComputed(ScalarPlace place) => place.Document == DetectorManifest.Deployment
        && place.Path.ToString() is var path && (path == DetectorManifest.ImagePath.ToString() || path == DetectorManifest.ReportedImagePath.ToString() || path == SettingsHash.Path.ToString());

    private static SourceFault Differs(Site site, string file, SourcePosition position, string message) =>
        new($"{site.RelativePath}/{file}", position, message, "make the sites alike but for values, and add what only some have as a fragment afterwards");

    /// <summary>By where the first site's scalar stands: the quoted scalar, and what another site has there without quotes.</summary>
    private sealed class PlainTexts : SortedDictionary<int, (YamlScalar Quoted, string Text)>;

    private sealed record Walk(string File, Site Site, DocumentSelector Selector, Dictionary<string, ScalarPlace> Places, PlainTexts Plain, List<SourceFault> Faults);

    /// <summary>A parameter as it is found: its values by the sites' order.</summary>
    private sealed record Draft(IReadOnlyList<string> Values, List<(string File, ScalarPlace Place)> Places)
    {
        public string Name { get; set; } = "";

        /// <summary>What gives every site its value; null where each has one of its own.</summary>
        public string? Pattern { get; set; }
    }
}
