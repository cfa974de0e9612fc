using System.Collections.Concurrent;
using FaceEdge.Contracts;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>
/// Makes the files that hosts pull out of template and inventory: each is the template's file with some scalars edited, byte for byte. What promotion
/// sets is kept as it stands in the site's file.
/// </summary>
internal sealed class SiteRenderer
{
    private readonly ISiteSource _source;
    private readonly IReadOnlyDictionary<string, ParameterValues> _values;

    private SiteRenderer(ISiteSource source, SiteTemplate template, Inventory inventory, IReadOnlyDictionary<string, ParameterValues> values)
    {
        _source = source;
        _values = values;
        Template = template;
        Inventory = inventory;
    }

    public SiteTemplate Template { get; }

    public Inventory Inventory { get; }

    /// <summary>The values that a site of the inventory has.</summary>
    public ParameterValues ValuesOf(InventorySite site) => _values[site.Folder];

    /// <summary>Reads template and inventory, or notes every fault.</summary>
    public static SiteRenderer? TryRead(ISiteSource source, List<SourceFault> faults)
    {
        var before = faults.Count;
        var template = SiteTemplate.TryRead(source, faults);
        var inventory = Inventory.Read(source, faults);
        if (template is null)
        {
            return null;
        }

        var parameters = template.Parameters;
        faults.AddRange(inventory.Environments.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value)
            .Concat(inventory.Sites.Select(site => site.Own)).SelectMany(file => parameters.Check(file).Concat(CheckFragments(template, file))));
        if (faults.Count > before)
        {
            return null;
        }

        var sites = inventory.Sites.Select(site => (Site: site, Values: ParameterValues.TryRead(parameters, site, faults)!)).ToList();
        if (faults.Count == before)
        {
            faults.AddRange(SiteClaims.Check(parameters, sites));
        }

        return faults.Count == before
            ? new SiteRenderer(source, template, inventory, sites.ToDictionary(one => one.Site.Folder, one => one.Values, StringComparer.Ordinal))
            : null;
    }

    /// <summary>Reads template and inventory where there must be some.</summary>
    /// <exception cref="SitesException">There is no template, or they cannot be used; the first fault is told.</exception>
    public static SiteRenderer Read(ISiteSource source)
    {
        if (!SiteTemplate.IsIn(source))
        {
            throw new SitesException($"there is no {DesiredState.SitesFolder}/{ParameterFile.FilePath}", "make a template of the sites: deploy-tool render --adopt");
        }

        var faults = new List<SourceFault>();
        return TryRead(source, faults) ?? throw faults[0].ToException();
    }

    /// <summary>Renders sites, on all processors. What differs from what is there has been read again and compared.</summary>
    /// <param name="sites">Sites of the inventory.</param>
    /// <param name="faults">Takes what keeps a site from being rendered.</param>
    public IReadOnlyList<RenderedFile> Render(IReadOnlyList<InventorySite> sites, List<SourceFault> faults) =>
        Render(sites, faults, (file, texts) => file.Write(texts));

    /// <summary>The same for those who look and write nothing: what differs is not read again.</summary>
    public IReadOnlyList<RenderedFile> Compare(IReadOnlyList<InventorySite> sites, List<SourceFault> faults) =>
        Render(sites, faults, (file, texts) => file.Compose(texts));

    /// <summary>The sites of the inventory that a commit has otherwise, or not at all. Of its files only those are read that promotion sets something in.</summary>
    /// <param name="tree">The commit.</param>
    /// <param name="promoted">These files.</param>
    /// <param name="faults">Takes what keeps a site from being rendered.</param>
    public IReadOnlyList<InventorySite> FindDiffering(GitTree tree, ISiteSource promoted, List<SourceFault> faults)
    {
        var sites = Inventory.Sites;
        var differs = new bool[sites.Count];
        var found = new ConcurrentBag<SourceFault>();
        Parallel.For(0, sites.Count, i => differs[i] = Differs(sites[i], tree, promoted, found));
        faults.AddRange(found);
        return [.. sites.Where((_, number) => differs[number])];
    }

    private bool Differs(InventorySite site, GitTree tree, ISiteSource promoted, ConcurrentBag<SourceFault> faults)
    {
        var (found, differs) = (new List<SourceFault>(), false);
        var values = _values[site.Folder];
        foreach (var file in Template.FilesFor(values, found))
        {
            var path = $"{site.Folder}/{file.Name}";
            var composed = file.Compose(file.TextsFor(values, Template.PromotedFiles.Contains(file.Name) ? promoted.Read(path) : null));
            if (!composed.Succeeded)
            {
                found.Add(CannotRender(site, file, composed));
            }

            differs |= !tree.Has($"{DesiredState.SitesFolder}/{path}", composed.Bytes);
        }

        found.ForEach(faults.Add);
        return differs;
    }

    private static SourceFault CannotRender(InventorySite site, TemplateFile file, ScalarEditResult result) =>
        new($"{SiteTemplate.Folder}/{file.Name}", result.Position, $"cannot be rendered for {site.Folder}: {result.Message}", "write the scalar on one line, or correct the value");

    private RenderedFile[] Render(IReadOnlyList<InventorySite> sites, List<SourceFault> faults, Func<TemplateFile, string[], ScalarEditResult> write)
    {
        var rendered = new RenderedFile[sites.Count][];
        var found = new ConcurrentBag<SourceFault>();
        Parallel.For(0, sites.Count, i => rendered[i] = [.. Render(sites[i], found, write)]);
        faults.AddRange(found.OrderBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Position.Offset).ThenBy(fault => fault.Message, StringComparer.Ordinal));
        return [.. rendered.SelectMany(files => files)];
    }

    /// <summary>Where a line of a rendered file comes from, in words: the parameter and the place that sets it, or the line of the template.</summary>
    public string SourceOf(RenderedFile file, int line)
    {
        var (source, parameters) = Template.FilesFor(ValuesOf(file.Site), []).First(one => file.Path.EndsWith("/" + one.Name, StringComparison.Ordinal)).SourceOf(line);
        var places = parameters.Select(parameter => ParameterValues.PlaceOf(Template.Parameters, file.Site, parameter) is { } set
            ? $"{parameter.Name}, {DesiredState.SitesFolder}/{set.File}:{set.Position.Line}"
            : $"{parameter.Name}, {DesiredState.SitesFolder}/{ParameterFile.FilePath}:{parameter.Position.Line}").ToList();
        return places.Count > 0 ? string.Join("; ", places) : source is { } of ? $"{DesiredState.SitesFolder}/{of.File}:{of.Line}" : $"the end of {DesiredState.SitesFolder}/{SiteTemplate.Folder}/{Path.GetFileName(file.Path)}";
    }

    private static IEnumerable<SourceFault> CheckFragments(SiteTemplate template, InventoryFile file) => file.Fragments
        .Where(one => !template.Fragments.Any(fragment => fragment.Name == one.Text.Text))
        .Select(one => new SourceFault(
            file.Path, one.Position, $"there is no fragment '{one.Text.Text}'{Suggestion.For(one.Text.Text, template.Fragments.Select(fragment => fragment.Name))}",
            template.Fragments.Count == 0 ? $"add {DesiredState.SitesFolder}/{Fragment.PathOf(one.Text.Text)}" : $"the template has {string.Join(", ", template.Fragments.Select(fragment => fragment.Name))}"));

    private IEnumerable<RenderedFile> Render(InventorySite site, ConcurrentBag<SourceFault> faults, Func<TemplateFile, string[], ScalarEditResult> write)
    {
        var found = new List<SourceFault>();
        var values = _values[site.Folder];
        foreach (var file in Template.FilesFor(values, found))
        {
            var path = $"{site.Folder}/{file.Name}";
            var before = _source.Read(path);
            var texts = file.TextsFor(values, before);
            var composed = file.Compose(texts);
            if (composed.Succeeded && before is not null && before.AsSpan().SequenceEqual(composed.Bytes))
            {
                // Of two equal copies one is kept: most of thousands of sites are as they are to be.
                yield return new RenderedFile(site, path, before, before);
                continue;
            }

            var written = write(file, texts);
            if (written.Succeeded)
            {
                yield return new RenderedFile(site, path, before, written.Bytes);
            }
            else
            {
                found.Add(CannotRender(site, file, written));
            }
        }

        found.ForEach(faults.Add);
    }
}

/// <summary>A file of a site as template and inventory make it.</summary>
/// <param name="Site">The site.</param>
/// <param name="Path">From the sites folder.</param>
/// <param name="Before">As it is; null when it is not there.</param>
/// <param name="Bytes">As it is to be.</param>
internal sealed record RenderedFile(InventorySite Site, string Path, byte[]? Before, byte[] Bytes)
{
    /// <summary>Whether it is as it is to be.</summary>
    public bool IsCurrent => Before is not null && Before.AsSpan().SequenceEqual(Bytes);
}
