using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>
/// One of the template's files with the fragments and labels that some sites have, and the places that parameters set, found once for all of these
/// sites.
/// </summary>
internal sealed class TemplateFile
{
    private static readonly ScalarPlace Hash = new(DetectorManifest.Deployment, SettingsHash.Path);

    private readonly IReadOnlyList<TemplateSlot> _slots;
    private readonly IReadOnlyList<TemplateLine> _lines;
    private readonly PreparedEdit _edit;

    private TemplateFile(string name, byte[] bytes, YamlFile yaml, IReadOnlyList<TemplateLine> lines, IReadOnlyList<TemplateSlot> slots, PreparedEdit edit)
    {
        Name = name;
        Bytes = bytes;
        Yaml = yaml;
        _lines = lines;
        _slots = slots;
        _edit = edit;
    }

    /// <summary>Name of the file.</summary>
    public string Name { get; }

    public byte[] Bytes { get; }

    public YamlFile Yaml { get; }

    /// <summary>The places that have values of sites, in no order.</summary>
    public IReadOnlyList<TemplateSlot> Slots => _slots;

    /// <summary>Puts a file together and finds its places, or notes what cannot be.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="bytes">As the template has it.</param>
    /// <param name="parameters">What sets its scalars.</param>
    /// <param name="parts">What some sites have more.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static TemplateFile? TryCompile(string name, byte[] bytes, ParameterSet parameters, TemplateParts parts, ICollection<SourceFault> faults)
    {
        var before = faults.Count;
        var path = $"{SiteTemplate.Folder}/{name}";
        if (YamlFile.TryParse(bytes, out var yaml) is { } fault)
        {
            faults.Add(new SourceFault(path, fault.Position, fault.Message, "correct the YAML at this place"));
            return null;
        }

        var file = new Assembly(name, path, bytes, yaml);
        foreach (var addition in parts.Fragments.SelectMany(fragment => fragment.Additions).Where(one => one.Place.File == name))
        {
            file.Add(addition, faults);
        }

        foreach (var (parameter, keys) in parts.Labels)
        {
            foreach (var place in parameter.Sets.Where(one => one.File == name))
            {
                file.AddEntries(parameter, place, keys, faults);
            }
        }

        foreach (var parameter in parameters.All.Where(one => !one.IsMap && (one.Fragment is null || parts.Has(one.Fragment))))
        {
            foreach (var place in parameter.Sets.Where(one => one.File == name))
            {
                file.AddSlot(parameter, place, faults);
            }
        }

        if (name == SiteFiles.FaceDetector && PreparedEdit.TryPrepare(file.Bytes, file.Yaml, [Hash], out _) is null)
        {
            file.Slots.Add(new TemplateSlot(Hash, null, null));
        }

        return faults.Count == before && PreparedEdit.TryPrepare(file.Bytes, file.Yaml, [.. file.Slots.Select(slot => slot.Place)], out var edit) is null
            ? new TemplateFile(name, file.Bytes, file.Yaml, file.Lines, file.Slots, edit)
            : null;
    }

    /// <summary>The file with a site's texts; the result is not read again.</summary>
    public ScalarEditResult Compose(string[] texts) => texts.Length == 0 ? Unchanged : _edit.Compose(texts);

    /// <summary>The same, read again and compared.</summary>
    public ScalarEditResult Write(string[] texts) => texts.Length == 0 ? Unchanged : _edit.Write(texts);

    /// <summary>The texts that a site has at the places.</summary>
    /// <param name="values">The site's values.</param>
    /// <param name="promoted">The site's file as it is, or that of a site beside it, which has what promotion sets; null for what the template has.</param>
    public string[] TextsFor(ParameterValues values, byte[]? promoted)
    {
        var kept = promoted is not null && _slots.Any(slot => slot.Parameter is { IsPromoted: true }) && YamlFile.TryParse(promoted, out var yaml) is null ? yaml : null;
        var texts = new string[_slots.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = _slots[i] switch
            {
                { Parameter: null } => "",
                { Parameter.IsPromoted: true, Place: var place } => (kept is null ? null : ScalarLookup.Find(kept, place.Document, place.Path).Scalar?.Value) ?? _edit.Values[i],
                { Parameter.Name: var name, Label: { } label } => values.Labels(name)[label],
                { Parameter: var parameter } => values[parameter.Name] is { Length: > 0 } value || parameter.Fragment is null ? values[parameter.Name] : _edit.Values[i],
            };
        }

        if (_slots is [.., { Parameter: null }])
        {
            texts[^1] = SettingsHash.Of(Settings(texts));
        }

        return texts;
    }

    private ScalarEditResult Unchanged => new(ScalarEditOutcome.Unchanged, Bytes, null, default, "");

    /// <summary>What a line of the rendered file comes from, and the parameters that set something on it. Lines of the template are lines of the sites' files.</summary>
    /// <param name="line">From 1.</param>
    public (TemplateLine? Source, IReadOnlyList<Parameter> Parameters) SourceOf(int line) => (
        line <= _lines.Count ? _lines[line - 1] : null,
        [.. _slots.Index().Where(one => one.Item.Parameter is not null && _edit.Positions[one.Index].Line == line).Select(one => one.Item.Parameter!)]);

    /// <summary>The settings of the service as the site has them: those of the template, and over them what parameters set.</summary>
    private Dictionary<string, string> Settings(string[] texts)
    {
        var settings = new Dictionary<string, string>(new DetectorManifest(Bytes, Yaml).ReadSettings(), StringComparer.Ordinal);
        for (var i = 0; i < texts.Length; i++)
        {
            if (ParameterPlace.SettingOf(_slots[i].Place) is { } key)
            {
                settings[key] = texts[i];
            }
        }

        return settings;
    }

    /// <summary>A file as it is put together.</summary>
    private sealed class Assembly(string name, string path, byte[] bytes, YamlFile yaml)
    {
        public byte[] Bytes { get; private set; } = bytes;

        public YamlFile Yaml { get; private set; } = yaml;

        public List<TemplateSlot> Slots { get; } = [];

        public List<TemplateLine> Lines { get; } = [.. Enumerable.Range(1, yaml.Text.Value.AsSpan().Count('\n') + 1).Select(line => new TemplateLine(path, line))];

        public void Add(FragmentAddition addition, ICollection<SourceFault> faults)
        {
            var place = addition.Place;
            if (addition.IsDocument && NodeLookup.Find(Yaml, place.Place.Document, place.Place.Path) is not null)
            {
                faults.Add(new SourceFault(addition.Source, place.Position, $"{DesiredState.SitesFolder}/{path} has {place.Place.Document} already", "say with path what of it is added to"));
                return;
            }

            var edit = addition.IsDocument
                ? BlockEdit.AddDocument(Bytes, Yaml, addition.Block)
                : BlockEdit.Add(Bytes, Yaml, place.Place.Document, place.Place.Path, addition.Block);
            if (edit.Succeeded)
            {
                // The line that parts two documents is in no fragment.
                var first = addition.IsDocument ? addition.Line - 1 : addition.Line;
                Take(edit.Bytes, edit.Line, Enumerable.Range(first, edit.Count).Select(line => new TemplateLine(addition.Source, line)));
            }
            else
            {
                faults.Add(new SourceFault(addition.Source, place.Position, $"cannot be added to {DesiredState.SitesFolder}/{path}: {place.Place.Document}: {edit.Message}", "correct the place, or the template"));
            }
        }

        /// <summary>Adds labels or settings, each with a value that a site's takes the place of.</summary>
        public void AddEntries(Parameter parameter, ParameterPlace place, IReadOnlyList<string> keys, ICollection<SourceFault> faults)
        {
            foreach (var key in keys)
            {
                var entry = new ScalarPlace(place.Place.Document, YamlPath.Of([.. place.Place.Path.Steps, new YamlPathStep.Key(key)]));
                if (NodeLookup.Find(Yaml, entry.Document, entry.Path) is not null)
                {
                    Note($"{DesiredState.SitesFolder}/{path} has {entry} already");
                    continue;
                }

                var edit = EntryAddition.Add(Bytes, Yaml, entry.Document, [.. place.Place.Path.Steps.OfType<YamlPathStep.Key>().Select(step => step.Name)], key, "value");
                if (edit.Succeeded)
                {
                    Take(edit.Bytes, edit.Position.Line, [new TemplateLine(ParameterFile.FilePath, parameter.Position.Line)]);
                    Slots.Add(new TemplateSlot(entry, parameter, key));
                }
                else
                {
                    Note($"{DesiredState.SitesFolder}/{path}: {entry.Document}: {edit.Message}");
                }
            }

            void Note(string message) => faults.Add(new SourceFault(
                ParameterFile.FilePath, place.Position, $"{parameter.Name}: {message}", "take the entry out of the inventory, or correct the place"));
        }

        private void Take(byte[] bytes, int line, IEnumerable<TemplateLine> sources)
        {
            Lines.InsertRange(line - 1, sources);
            Bytes = bytes;
            _ = YamlFile.TryParse(bytes, out var yaml);
            Yaml = yaml;
        }

        public void AddSlot(Parameter parameter, ParameterPlace place, ICollection<SourceFault> faults)
        {
            if (PreparedEdit.TryPrepare(Bytes, Yaml, [place.Place], out _) is { } lost)
            {
                faults.Add(new SourceFault(
                    ParameterFile.FilePath, place.Position, $"{parameter.Name} sets {place.Place}, which {DesiredState.SitesFolder}/{path} has not: {lost.Message}",
                    "restore it in the template, or correct the path"));
            }
            else if (Slots.Find(slot => slot.Place.ToString() == place.Place.ToString()) is { } other)
            {
                faults.Add(new SourceFault(
                    ParameterFile.FilePath, place.Position, $"{parameter.Name} and {other.Parameter!.Name} set one scalar of {name}, {place.Place}", "let one of them set it"));
            }
            else
            {
                Slots.Add(new TemplateSlot(place.Place, parameter, null));
            }
        }
    }
}

/// <summary>A place of a template's file and the parameter that sets it.</summary>
/// <param name="Place">Which scalar.</param>
/// <param name="Parameter">Null for the hash of the settings, which is computed.</param>
/// <param name="Label">The key of a label or setting that was added; null for anything else.</param>
internal sealed record TemplateSlot(ScalarPlace Place, Parameter? Parameter, string? Label);

/// <summary>Where a line of a rendered file comes from.</summary>
/// <param name="File">Path from the sites folder.</param>
/// <param name="Line">From 1.</param>
internal readonly record struct TemplateLine(string File, int Line);

/// <summary>What some sites have more than the template.</summary>
/// <param name="Fragments">In ordinal order of their names.</param>
/// <param name="Labels">Parameters that are labels or settings, and the keys that these have.</param>
internal sealed record TemplateParts(IReadOnlyList<Fragment> Fragments, IReadOnlyList<(Parameter Parameter, IReadOnlyList<string> Keys)> Labels)
{
    public static TemplateParts None { get; } = new([], []);

    public bool Has(string fragment) => Fragments.Any(one => one.Name == fragment);
}
