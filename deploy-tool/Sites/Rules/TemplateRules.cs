using FaceEdge.Deploy.Sites.Templates;
using FaceEdge.Deploy.Sites.Validation;
using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Rules;

/// <summary>The rules about sites that are rendered: template and inventory can be used, and the sites' files are what they make.</summary>
internal static class TemplateRules
{
    public static readonly RuleDescription Sources = new(
        "FE8001", "Template, parameters and inventory are without faults", "correct the place; docs/site-template.md describes every key", Severity.Error);

    public static readonly RuleDescription Rendered = new(
        "FE8002", "The files of a site are what template and inventory make of it",
        "render it again with deploy-tool render, or take the edit into the inventory with deploy-tool render --adopt", Severity.Error);

    public static readonly RuleDescription Listed = new(
        "FE8003", "Each site has an inventory, and each inventory a site",
        "render it with deploy-tool render, or take it in with deploy-tool render --adopt", Severity.Error);

    public static IReadOnlyList<RuleDescription> All { get; } = [Sources, Rendered, Listed];

    /// <summary>Checks sites that are rendered; those of a tree without a template are as people wrote them.</summary>
    /// <param name="tree">The sites folder.</param>
    /// <param name="sites">The sites that are looked at.</param>
    /// <param name="policy">The policy; null where it cannot be read.</param>
    public static IEnumerable<Finding> Check(SiteTree tree, IReadOnlyList<Site> sites, DeliveryPolicy? policy)
    {
        var source = new FolderSource(tree.Root);
        if (!SiteTemplate.IsIn(source))
        {
            return [];
        }

        var faults = new List<SourceFault>();
        var renderer = SiteRenderer.TryRead(source, faults);
        if (renderer is null)
        {
            return faults.Select(Broken);
        }

        var environments = sites.Select(site => site.Environment).ToHashSet(StringComparer.Ordinal);
        var folders = sites.Select(site => site.RelativePath).ToHashSet(StringComparer.Ordinal);
        var listed = renderer.Inventory.Sites.Where(site => environments.Contains(site.Environment)).ToList();
        var rendered = renderer.Compare([.. listed.Where(site => folders.Contains(site.Folder))], faults);
        return
        [
            .. faults.Select(Broken),
            .. rendered.Where(file => !file.IsCurrent).Select(file => Stale(renderer, file)),
            .. listed.Where(site => !folders.Contains(site.Folder)).Select(site => Unlisted(site.Own.Path, $"the site has no folder {site.Folder}")),
            .. renderer.Inventory.Files.Where(file => policy is not null && policy.Find(file.Environment) is null)
                .Select(file => Unlisted(file.File.Path, $"the policy has no environment '{file.Environment}'")),
            .. folders.Except(listed.Select(site => site.Folder)).Order(StringComparer.Ordinal)
                .Select(folder => Unlisted($"{folder}/{SiteFiles.FaceDetector}", "the site has no inventory")),
        ];
    }

    /// <summary>The first line that differs, with its place here and the place that it should come from.</summary>
    private static Finding Stale(SiteRenderer renderer, RenderedFile file)
    {
        if (file.Before is null)
        {
            return new Finding(Rendered.Id, Rendered.Severity, file.Path, Start, "the file is missing", Rendered.Remedy);
        }

        var difference = LineDifference.First(file.Before, file.Bytes)!;
        return new Finding(
            Rendered.Id, Rendered.Severity, file.Path, new SourcePosition(0, difference.Line, 1),
            $"'{difference.Before}' is to be '{difference.After}' ({renderer.SourceOf(file, difference.Line)})", Rendered.Remedy);
    }

    private static SourcePosition Start => new(0, 1, 1);

    private static Finding Broken(SourceFault fault) => new(Sources.Id, Sources.Severity, fault.File, fault.Position, fault.Message, fault.Remedy);

    private static Finding Unlisted(string file, string message) => new(Listed.Id, Listed.Severity, file, Start, message, Listed.Remedy);
}
