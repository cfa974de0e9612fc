using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>Takes what a site's files say into its inventory, so that rendering makes them as they are.</summary>
/// <param name="template">What the files are compared with.</param>
/// <param name="source">The sites folder.</param>
internal sealed class SiteAdoption(SiteTemplate template, ISiteSource source)
{
    /// <summary>Works the inventory of a site out; nothing is written.</summary>
    /// <param name="environment">The site's environment.</param>
    /// <param name="name">The site's name.</param>
    /// <param name="shared">What all sites of the environment have; null when that is nothing.</param>
    /// <param name="faults">Takes what no inventory can say.</param>
    /// <returns>The bytes of the site's inventory; null when there is a fault.</returns>
    public byte[]? Adopt(string environment, string name, InventoryFile? shared, List<SourceFault> faults)
    {
        var path = Inventory.PathOf(environment, name);
        var edit = new InventoryEdit(path, source.Read(path) ?? []);
        var site = new AdoptedSite(environment, name, shared, edit);
        var files = new Dictionary<string, YamlFile>(StringComparer.Ordinal);
        foreach (var file in template.FileNames)
        {
            if (source.Read($"{site.Folder}/{file}") is not { } bytes)
            {
                faults.Add(new SourceFault($"{site.Folder}/{file}", new SourcePosition(0, 1, 1), "the file is missing", "restore it, or render it: deploy-tool render"));
                return null;
            }

            if (YamlFile.TryParse(bytes, out var yaml) is { } fault)
            {
                faults.Add(new SourceFault($"{site.Folder}/{file}", fault.Position, fault.Message, "correct the YAML at this place"));
                return null;
            }

            files[file] = yaml;
        }

        TakeFragments(site, files);
        TakeLabels(site, files);
        TakeValues(site, files);
        if (Prove(site, faults))
        {
            return edit.Bytes.Length > 0 ? edit.Bytes : System.Text.Encoding.UTF8.GetBytes($"# {site.Folder} has nothing of its own.\n");
        }

        return null;
    }

    private void TakeFragments(AdoptedSite site, Dictionary<string, YamlFile> files)
    {
        var listed = site.Fragments();
        foreach (var fragment in template.Fragments.Where(one => !listed.Contains(one.Name) && !template.Parameters.All.Any(parameter => parameter.Fragment == one.Name)))
        {
            if (fragment.Additions.All(addition => Holds(files[addition.Place.File], addition)))
            {
                site.Edit.AddFragment(fragment.Name);
            }
        }
    }

    /// <summary>Whether a file has what a fragment adds: entries by their keys, items by their names.</summary>
    private static bool Holds(YamlFile file, FragmentAddition addition)
    {
        var place = NodeLookup.Find(file, addition.Place.Place.Document, addition.Place.Place.Path);
        return (place, addition.Node) switch
        {
            (YamlMapping map, YamlMapping more) => more.Entries.All(entry => map.Entries.Any(one => one.HasKey(entry.Name ?? ""))),
            (YamlSequence list, YamlSequence more) => more.Items.All(item => list.Items.Any(one => item.Text("name") is { } name
                ? one.Text("name") == name
                : one is YamlScalar text && item is YamlScalar { Value: var value } && text.Value == value)),
            _ => false,
        };
    }

    private void TakeLabels(AdoptedSite site, Dictionary<string, YamlFile> files)
    {
        foreach (var (parameter, place) in template.Parameters.All.Where(one => one.IsMap).SelectMany(one => one.Sets.Take(1).Select(place => (one, place))))
        {
            var known = NodeLookup.Find(template.FileOf(place.File), place.Place.Document, place.Place.Path) as YamlMapping;
            var entries = (NodeLookup.Find(files[place.File], place.Place.Document, place.Place.Path) as YamlMapping)?.Entries ?? [];
            foreach (var gone in (site.Read().Own.Labels.GetValueOrDefault(parameter.Name)?.Values.Keys ?? []).Where(key => !entries.Any(entry => entry.HasKey(key))).ToList())
            {
                site.Edit.RemoveLabel(parameter.Name, gone);
            }

            var added = EntriesOfFragments(site, place);
            foreach (var entry in entries)
            {
                if (entry is { Name: { } key, Value.Resolved: YamlScalar value } && known?.Entries.Any(one => one.HasKey(key)) == false && !added.Contains(key) && site.Labels(parameter.Name, key) != value.Value)
                {
                    site.Edit.SetLabel(parameter.Name, key, ComposedText.Escape(value.Value));
                }
            }
        }
    }

    /// <summary>Keys that the site's fragments bring to a mapping.</summary>
    private HashSet<string> EntriesOfFragments(AdoptedSite site, ParameterPlace place)
    {
        var names = site.Fragments();
        return template.Fragments.Where(fragment => names.Contains(fragment.Name)).SelectMany(fragment => fragment.Additions)
            .Where(addition => addition.Place.File == place.File && addition.Place.Place.ToString() == place.Place.ToString())
            .SelectMany(addition => addition.Node is YamlMapping map ? map.Entries.Select(entry => entry.Name ?? "") : []).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>In the order in which values follow from each other, so that what follows from a value that was taken in is not taken in too.</summary>
    private void TakeValues(AdoptedSite site, Dictionary<string, YamlFile> files)
    {
        foreach (var parameter in InOrder(template.Parameters).Where(one => one.IsText && one.IsSettable))
        {
            if (parameter.Sets is not [var place, ..] || ValueAt(files[place.File], place.Place) is not { } actual || site.ValueOf(template.Parameters, parameter) == actual)
            {
                continue;
            }

            site.Edit.Remove(parameter.Name);
            if (site.ValueOf(template.Parameters, parameter) != actual)
            {
                site.Edit.Set(parameter.Name, ComposedText.Escape(actual));
            }
        }
    }

    private static string? ValueAt(YamlFile file, ScalarPlace place) =>
        PreparedEdit.TryPrepare([], file, [place], out var edit) is null ? edit.Values[0] : null;

    /// <summary>Renders the site with what was taken in, and names the first line of each file that is not as it is.</summary>
    private bool Prove(AdoptedSite site, List<SourceFault> faults)
    {
        var before = faults.Count;
        var read = site.Read();
        faults.AddRange(template.Parameters.Check(read.Own));
        var values = faults.Count == before ? ParameterValues.TryRead(template.Parameters, read, faults) : null;
        foreach (var file in values is null ? [] : template.FilesFor(values, faults))
        {
            var bytes = InStep(file.Name, source.Read($"{site.Folder}/{file.Name}")!);
            var rendered = file.Compose(file.TextsFor(values!, bytes));
            if (!rendered.Succeeded || LineDifference.First(bytes, rendered.Bytes) is not { } difference)
            {
                continue;
            }

            var (line, _) = file.SourceOf(difference.Line);
            faults.Add(new SourceFault(
                $"{site.Folder}/{file.Name}", new SourcePosition(0, difference.Line, 1),
                $"'{difference.Before}' is no value of a parameter: {(line is { } of ? $"{DesiredState.SitesFolder}/{of.File}:{of.Line}" : "the template")} makes it '{difference.After}'",
                "edit the template for all sites, make a fragment of it for some, or undo it with git restore"));
        }

        return faults.Count == before;
    }

    /// <summary>A file with the hash of its settings as it is to be: who edits a setting by hand need not work it out.</summary>
    public static byte[] InStep(string name, byte[] bytes) => name == SiteFiles.FaceDetector && DetectorManifest.TryParse(bytes, out var manifest) is null && manifest.WithSettings([]) is { Succeeded: true } edit
        ? edit.Bytes
        : bytes;

    /// <summary>Each parameter after those that its default names.</summary>
    private static List<Parameter> InOrder(ParameterSet parameters)
    {
        var ordered = new List<Parameter>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in parameters.All)
        {
            Visit(parameter);
        }

        return ordered;

        void Visit(Parameter parameter)
        {
            if (seen.Add(parameter.Name))
            {
                (parameter.Default?.Names ?? []).Select(parameters.Find).OfType<Parameter>().ToList().ForEach(Visit);
                ordered.Add(parameter);
            }
        }
    }

    /// <summary>A site whose inventory is being worked out.</summary>
    private sealed record AdoptedSite(string Environment, string Name, InventoryFile? Shared, InventoryEdit Edit)
    {
        public string Folder => Read().Folder;

        public InventorySite Read() => new(Environment, Name, Edit.Read([]), Shared);

        /// <summary>The value as the inventory has it now; null where none is set and there is no default, or it is not known.</summary>
        public string? ValueOf(ParameterSet parameters, Parameter parameter) => ParameterValues.TryRead(parameters, Read(), parameter.Name);

        public HashSet<string> Fragments() =>
            Edit.Read([]).Fragments.Concat(Shared?.Fragments ?? []).Select(one => one.Text.Text).ToHashSet(StringComparer.Ordinal);

        public string? Labels(string parameter, string key) =>
            new[] { Read().Own, Shared }.Select(file => file?.Labels.GetValueOrDefault(parameter)?.Values.GetValueOrDefault(key)?.Text.Text).FirstOrDefault(text => text is not null);
    }
}
