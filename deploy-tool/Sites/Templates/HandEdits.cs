using FaceEdge.Deploy.YamlEdit;

namespace FaceEdge.Deploy.Sites.Templates;

/// <summary>Tells files that somebody edited by hand from those that template and inventory made before these changed.</summary>
internal static class HandEdits
{
    /// <summary>Finds the files that rendering would overwrite and nobody could have back.</summary>
    /// <param name="changed">Files that are not as they are to be.</param>
    /// <param name="last">Template and inventory as they were committed last.</param>
    public static IReadOnlyList<SourceFault> Find(IReadOnlyList<RenderedFile> changed, ISiteSource last)
    {
        var written = changed.Where(file => file.Before is not null).ToList();
        if (written.Count == 0)
        {
            return [];
        }

        // What the last commit cannot be rendered to says nothing about hands; then each difference may be somebody's.
        var faults = new List<SourceFault>();
        var now = new EditedSource(TreeSource.Empty, written.ToDictionary(file => file.Path, file => file.Before, StringComparer.Ordinal));
        var renderer = SiteTemplate.IsIn(last) ? SiteRenderer.TryRead(new SplitSource(last, now), faults) : null;
        var folders = written.Select(file => file.Site.Folder).ToHashSet(StringComparer.Ordinal);
        var made = renderer?.Compare([.. renderer.Inventory.Sites.Where(site => folders.Contains(site.Folder))], faults).ToDictionary(file => file.Path, StringComparer.Ordinal);
        return [.. written.Where(file => made?.GetValueOrDefault(file.Path) is not { IsCurrent: true }).Select(file => Fault(file, made?.GetValueOrDefault(file.Path)?.Bytes ?? file.Bytes))];
    }

    private static SourceFault Fault(RenderedFile file, byte[] made)
    {
        var difference = LineDifference.First(file.Before, made)!;
        return new SourceFault(
            file.Path, new SourcePosition(0, difference.Line, 1), $"'{difference.Before}' was written by hand: template and inventory made it '{difference.After}'",
            "take it into the inventory with deploy-tool render --adopt, or undo it with git restore");
    }
}
