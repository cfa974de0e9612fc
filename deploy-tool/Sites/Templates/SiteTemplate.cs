using System.Collections.Concurrent;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>
/// What all sites are made of: sites/template/ holds the files with working values, fragments/ the blocks that some sites have more, and
/// parameters.yaml says in what sites differ.
/// </summary>
internal sealed class SiteTemplate
{
    /// <summary>From the sites folder.</summary>
    public const string Folder = "template";

    private readonly IReadOnlyDictionary<string, byte[]> _files;
    private readonly ConcurrentDictionary<string, IReadOnlyList<TemplateFile>> _compiled = new(StringComparer.Ordinal);

    private SiteTemplate(ParameterSet parameters, IReadOnlyList<Fragment> fragments, IReadOnlyDictionary<string, byte[]> files)
    {
        Parameters = parameters;
        Fragments = fragments;
        _files = files;
        FileNames = [.. SiteFiles.All.Where(files.ContainsKey)];
        PromotedFiles = parameters.All.Where(one => one.IsPromoted).SelectMany(one => one.Sets).Select(place => place.File).ToHashSet(StringComparer.Ordinal);
    }

    public ParameterSet Parameters { get; }

    public IReadOnlyList<Fragment> Fragments { get; }

    /// <summary>Names of the files that every rendered site has.</summary>
    public IReadOnlyList<string> FileNames { get; }

    /// <summary>Names of the files in which promotion sets something, so that a site's own must be read to render it.</summary>
    public IReadOnlySet<string> PromotedFiles { get; }

    /// <summary>Whether a sites folder has a template, rather than sites written by hand.</summary>
    public static bool IsIn(ISiteSource source) => source.Read(ParameterFile.FilePath) is not null;

    /// <summary>Reads the template and notes its faults; null when there are any.</summary>
    public static SiteTemplate? TryRead(ISiteSource source, List<SourceFault> faults)
    {
        var before = faults.Count;
        var parameters = new ParameterSet(ParameterFile.Parse(source.Read(ParameterFile.FilePath) ?? [], faults));
        var fragments = Fragment.ReadAll(source, faults);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var name in SiteFiles.All)
        {
            if (source.Read($"{Folder}/{name}") is { } bytes)
            {
                files[name] = bytes;
            }
            else if (SiteFiles.Required.Contains(name))
            {
                faults.Add(new SourceFault($"{Folder}/{name}", new SourcePosition(0, 1, 1), "the template lacks the file", "restore it"));
            }
            else
            {
                faults.AddRange(PlacesIn(name, parameters, fragments).Select(place => new SourceFault(
                    place.Source, place.Position, $"{place.Of} is about {name}, which {DesiredState.SitesFolder}/{Folder} has not", "restore the file, or take the place out")));
            }
        }

        faults.AddRange(parameters.All.Where(one => one.Fragment is { } name && !fragments.Any(fragment => fragment.Name == name)).Select(one => new SourceFault(
            ParameterFile.FilePath, one.Position, $"{one.Name} is of the fragment '{one.Fragment}', and there is no {DesiredState.SitesFolder}/{Fragment.PathOf(one.Fragment!)}", "add the file, or correct the name")));
        if (faults.Count > before)
        {
            return null;
        }

        // Without fragments, with each one alone, and with labels: what cannot be put together is said before a site asks for it.
        var template = new SiteTemplate(parameters, fragments, files);
        var labels = parameters.All.Where(one => one.IsMap).Select(one => (one, (IReadOnlyList<string>)["faceedge.dev/any"])).ToList();
        foreach (var parts in fragments.Select(fragment => new TemplateParts([fragment], [])).Prepend(new TemplateParts([], labels)).Prepend(TemplateParts.None))
        {
            template.Compile(parts, faults);
            if (faults.Count > before)
            {
                return null;
            }
        }

        return template;
    }

    /// <summary>A file as the template has it.</summary>
    public YamlFile FileOf(string name) => YamlFile.TryParse(_files[name], out var yaml) is null ? yaml : throw new InvalidOperationException($"{name} was read, and now is not YAML.");

    /// <summary>The files as a site has them but for its values, put together once for all sites that have the same fragments and labels.</summary>
    public IReadOnlyList<TemplateFile> FilesFor(ParameterValues values, ICollection<SourceFault> faults)
    {
        var labels = Parameters.All.Where(one => one.IsMap).Select(one => (one, (IReadOnlyList<string>)[.. values.Labels(one.Name).Keys])).Where(one => one.Item2.Count > 0).ToList();
        var key = string.Join(',', values.Fragments) + string.Concat(labels.Select(one => $" {one.one.Name}={string.Join(',', one.Item2)}"));
        if (_compiled.TryGetValue(key, out var files))
        {
            return files;
        }

        var count = faults.Count;
        files = Compile(new TemplateParts([.. Fragments.Where(one => values.Fragments.Contains(one.Name))], labels), faults);
        return faults.Count == count ? _compiled.GetOrAdd(key, files) : [];
    }

    private static IEnumerable<(string Source, SourcePosition Position, string Of)> PlacesIn(string file, ParameterSet parameters, IReadOnlyList<Fragment> fragments) =>
        parameters.All.SelectMany(parameter => parameter.Sets.Where(place => place.File == file).Select(place => (ParameterFile.FilePath, place.Position, parameter.Name)))
            .Concat(fragments.SelectMany(fragment => fragment.Additions.Where(one => one.Place.File == file).Select(one => (one.Source, one.Place.Position, fragment.Name))));

    private List<TemplateFile> Compile(TemplateParts parts, ICollection<SourceFault> faults) =>
        [.. FileNames.Select(name => TemplateFile.TryCompile(name, _files[name], Parameters, parts, faults)).OfType<TemplateFile>()];
}
