namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>What sites' files say, taken into the inventory; where there is no template yet, one is made of them.</summary>
/// <param name="Changed">The files to write, whole, by their paths from the sites folder, in order.</param>
/// <param name="Rendered">Files of the sites that template and inventory make.</param>
internal sealed record Adoption(IReadOnlyList<KeyValuePair<string, byte[]>> Changed, int Rendered)
{
    /// <summary>Works the files out, and renders the sites from them to prove that they come out as they are; nothing is written.</summary>
    /// <param name="source">The sites folder.</param>
    /// <param name="sites">Whose files are taken.</param>
    /// <exception cref="SitesException">Something in the files cannot be said by template and inventory, or would come out otherwise.</exception>
    public static Adoption Make(ISiteSource source, IReadOnlyList<Site> sites)
    {
        var faults = new List<SourceFault>();
        var made = SiteTemplate.IsIn(source) ? AdoptSites(source, sites, faults) : new TemplateDraft(source, sites).Make(faults);
        IReadOnlyList<RenderedFile> rendered = made is null || faults.Count > 0 ? [] : Prove(source, made, sites, faults);
        if (faults.Count > 0)
        {
            throw faults[0].ToException();
        }

        foreach (var path in sites.Select(site => $"{site.RelativePath}/{SiteFiles.FaceDetector}"))
        {
            made![path] = SiteAdoption.InStep(SiteFiles.FaceDetector, source.Read(path)!);
        }

        return new Adoption([.. made!.Where(file => !IsAsItWas(source, file)).OrderBy(file => file.Key, StringComparer.Ordinal)], rendered.Count);
    }

    private static Dictionary<string, byte[]>? AdoptSites(ISiteSource source, IReadOnlyList<Site> sites, List<SourceFault> faults)
    {
        var template = SiteTemplate.TryRead(source, faults);
        var inventory = Inventory.Read(source, faults);
        if (template is null || faults.Count > 0)
        {
            return null;
        }

        var adoption = new SiteAdoption(template, source);
        var made = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var site in sites)
        {
            if (adoption.Adopt(site.Environment, site.Name, inventory.Environments.GetValueOrDefault(site.Environment), faults) is { } bytes)
            {
                made[Inventory.PathOf(site.Environment, site.Name)] = bytes;
            }
        }

        return made;
    }

    private static IReadOnlyList<RenderedFile> Prove(ISiteSource source, Dictionary<string, byte[]> made, IReadOnlyList<Site> sites, List<SourceFault> faults)
    {
        var edited = new EditedSource(source, made.ToDictionary(file => file.Key, file => (byte[]?)file.Value, StringComparer.Ordinal));
        if (SiteRenderer.TryRead(edited, faults) is not { } renderer)
        {
            return [];
        }

        var folders = sites.Select(site => site.RelativePath).ToHashSet(StringComparer.Ordinal);
        var rendered = renderer.Render([.. renderer.Inventory.Sites.Where(site => folders.Contains(site.Folder))], faults);
        foreach (var file in rendered)
        {
            if (LineDifference.First(SiteAdoption.InStep(Path.GetFileName(file.Path), file.Before!), file.Bytes) is { } difference)
            {
                faults.Add(new SourceFault(
                    file.Path, new(0, difference.Line, 1), $"'{difference.Before}' would be rendered as '{difference.After}'", "write it as the first site has it"));
            }
        }

        return rendered;
    }

    private static bool IsAsItWas(ISiteSource source, KeyValuePair<string, byte[]> file) => source.Read(file.Key) is { } before && before.AsSpan().SequenceEqual(file.Value);
}
