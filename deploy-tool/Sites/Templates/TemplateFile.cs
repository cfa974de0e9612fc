using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>One of the template's files with the places that parameters set, found once for all sites.</summary>
internal sealed class TemplateFile
{
    private static readonly ScalarPlace Hash = new(DetectorManifest.Deployment, SettingsHash.Path);

    private readonly byte[] _bytes;
    private readonly IReadOnlyList<TemplateSlot> _slots;
    private readonly PreparedEdit _edit;

    private TemplateFile(string name, byte[] bytes, YamlFile yaml, IReadOnlyList<TemplateSlot> slots, PreparedEdit edit)
    {
        Name = name;
        _bytes = bytes;
        Yaml = yaml;
        _slots = slots;
        _edit = edit;
    }

    /// <summary>Name of the file.</summary>
    public string Name { get; }

    public YamlFile Yaml { get; }

    /// <summary>Whether values of it are promotion's, which stand in the sites' own files alone.</summary>
    public bool HasPromoted => _slots.Any(slot => slot.Parameter is { IsPromoted: true });

    /// <summary>Finds the places of a file, or notes those that it has lost.</summary>
    public static TemplateFile? TryRead(string name, byte[] bytes, ParameterSet parameters, List<SourceFault> faults)
    {
        var path = $"{SiteTemplate.Folder}/{name}";
        if (YamlFile.TryParse(bytes, out var yaml) is { } fault)
        {
            faults.Add(new SourceFault(path, fault.Position, fault.Message, "correct the YAML at this place"));
            return null;
        }

        var slots = new List<TemplateSlot>();
        foreach (var parameter in parameters.All)
        {
            foreach (var place in parameter.Sets.Where(one => one.File == name))
            {
                if (PreparedEdit.TryPrepare(bytes, yaml, [place.Place], out _) is { } lost)
                {
                    faults.Add(new SourceFault(
                        ParameterFile.FilePath, place.Position, $"{parameter.Name} sets {place.Place}, which {DesiredState.SitesFolder}/{path} has not: {lost.Message}",
                        "restore it in the template, or correct the path"));
                }
                else if (slots.Find(slot => slot.Place.ToString() == place.Place.ToString()) is { } other)
                {
                    faults.Add(new SourceFault(
                        ParameterFile.FilePath, place.Position, $"{parameter.Name} and {other.Parameter!.Name} set one scalar, {place.Place}", "let one of them set it"));
                }
                else
                {
                    slots.Add(new TemplateSlot(place.Place, parameter));
                }
            }
        }

        if (name == SiteFiles.FaceDetector && PreparedEdit.TryPrepare(bytes, yaml, [Hash], out _) is null)
        {
            slots.Add(new TemplateSlot(Hash, null));
        }

        return PreparedEdit.TryPrepare(bytes, yaml, [.. slots.Select(slot => slot.Place)], out var edit) is null
            ? new TemplateFile(name, bytes, yaml, slots, edit)
            : null;
    }

    /// <summary>The file with a site's values.</summary>
    /// <param name="values">The site's values.</param>
    /// <param name="promoted">The site's file as it is, or that of a site beside it, which has what promotion sets; null for what the template has.</param>
    /// <param name="write">How the edit is done: composed, or written and read again.</param>
    public ScalarEditResult Render(ParameterValues values, byte[]? promoted, Func<PreparedEdit, IReadOnlyList<string>, ScalarEditResult> write)
    {
        var kept = HasPromoted && promoted is not null && YamlFile.TryParse(promoted, out var yaml) is null ? yaml : null;
        var texts = new string[_slots.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = _slots[i].Parameter switch
            {
                null => "",
                { IsPromoted: true } => (kept is null ? null : ScalarLookup.Find(kept, _slots[i].Place.Document, _slots[i].Place.Path).Scalar?.Value) ?? _edit.Values[i],
                { Name: var name } => values[name],
            };
        }

        if (_slots is [.., { Parameter: null }])
        {
            texts[^1] = SettingsHash.Of(Settings(texts));
        }

        return texts.Length == 0 ? new ScalarEditResult(ScalarEditOutcome.Unchanged, _bytes, null, default, "") : write(_edit, texts);
    }

    /// <summary>The settings of the service as the site has them: those of the template, and over them what parameters set.</summary>
    private Dictionary<string, string> Settings(string[] texts)
    {
        var settings = new Dictionary<string, string>(new DetectorManifest(_bytes, Yaml).ReadSettings(), StringComparer.Ordinal);
        for (var i = 0; i < texts.Length; i++)
        {
            if (_slots[i].Place is { Member: null } place && place.Document == DetectorManifest.Settings && place.Path.Steps is [YamlPathStep.Key { Name: "data" }, YamlPathStep.Key { Name: var key }])
            {
                settings[key] = texts[i];
            }
        }

        return settings;
    }
}

/// <summary>A place of a template's file and the parameter that sets it; null for the hash of the settings, which is computed.</summary>
internal sealed record TemplateSlot(ScalarPlace Place, Parameter? Parameter);
