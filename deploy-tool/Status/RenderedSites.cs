using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Templates;

namespace FaceEdge.Deploy.Status;

/// <summary>How many sites of a commit are not what template and inventory make of them.</summary>
internal static class RenderedSites
{
    /// <summary>Counts by environment; null where there is no template, or it cannot be used, which validate says.</summary>
    public static async Task<IReadOnlyDictionary<string, int>?> CountDifferingAsync(DesiredState state, CancellationToken cancellation)
    {
        if (!state.Tree.Paths.Contains($"{DesiredState.SitesFolder}/{ParameterFile.FilePath}"))
        {
            return null;
        }

        var faults = new List<SourceFault>();
        var renderer = SiteRenderer.TryRead(await TreeSource.ReadAsync(state.Tree, SiteTree.IsSourcePath, cancellation), faults);
        if (renderer is null)
        {
            return null;
        }

        var promoted = renderer.Template.PromotedFiles;
        var kept = await TreeSource.ReadAsync(state.Tree, path => !SiteTree.IsSourcePath(path) && promoted.Contains(Path.GetFileName(path)), cancellation);
        var differing = renderer.FindDiffering(state.Tree, kept, faults);
        return faults.Count > 0 ? null : differing.CountBy(site => site.Environment).ToDictionary(StringComparer.Ordinal);
    }
}
