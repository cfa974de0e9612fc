using System.Text;
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
    private readonly List<DraftedParameter> _drafts = [];

    private readonly SiteDifferences _differences = new(sites);

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
                _differences.Compare(name, parsed[0]!, parsed[i]!, sites[i], places, plain, faults);
            }

            if (faults.Count > 0)
            {
                return null;
            }

            files[$"{SiteTemplate.Folder}/{name}"] = WithoutQuotes(files[$"{SiteTemplate.Folder}/{name}"], plain);
            AddDrafts(name, [.. places.Values.Where(place => !IsComputed(place))], parsed);
        }

        Name();
        var writer = new DraftWriter(_drafts, _differences);
        files[ParameterFile.FilePath] = Encoding.UTF8.GetBytes(writer.Parameters(PromotedIn(Parse(sites[0], SiteFiles.FaceDetector, [])!)));
        foreach (var (number, site) in sites.Index())
        {
            files[Inventory.PathOf(site.Environment, site.Name)] = Encoding.UTF8.GetBytes(writer.InventoryOf(site, number));
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
                _drafts.Add(new DraftedParameter(values, [(name, place)]));
            }
        }
    }

    /// <summary>A parameter has the name of its scalar; a second one of that name a number.</summary>
    private void Name()
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { "image", InventoryFile.FragmentsKey };
        names.UnionWith(SiteDifferences.Maps.Select(map => map.Name));
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

    /// <summary>What promotion sets, as far as the manifest has it.</summary>
    private static List<(string File, ScalarPlace Place)> PromotedIn(YamlFile detector) =>
    [
        .. new[] { DetectorManifest.ImagePath, DetectorManifest.ReportedImagePath }.Select(path => new ScalarPlace(DetectorManifest.Deployment, path))
            .Where(place => ScalarLookup.Find(detector, place.Document, place.Path).Scalar is not null).Select(place => (SiteFiles.FaceDetector, place)),
    ];

    /// <summary>What promotion sets, and the hash, are no parameters of the inventory.</summary>
    private static bool IsComputed(ScalarPlace place) => place.Document == DetectorManifest.Deployment
        && place.Path.ToString() is var path && (path == DetectorManifest.ImagePath.ToString() || path == DetectorManifest.ReportedImagePath.ToString() || path == SettingsHash.Path.ToString());
}

/// <summary>A parameter as it is found: its values by the sites' order.</summary>
internal sealed record DraftedParameter(IReadOnlyList<string> Values, List<(string File, ScalarPlace Place)> Places)
{
    public string Name { get; set; } = "";

    /// <summary>What gives every site its value; null where each has one of its own.</summary>
    public string? Pattern { get; set; }
}
