using FaceEdge.Contracts;
using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Sites.Templates;

namespace FaceEdge.Deploy.Promotion;

/// <summary>Takes the template and inventory of the work tree into a commit, with the files rendered from them.</summary>
internal static class WorkTreeRendering
{
    /// <summary>Files that the commit's message names.</summary>
    private const int MaxNamed = 5;

    /// <summary>The edits that the work tree holds.</summary>
    /// <param name="state">The branch that sites pull, which they go on top of.</param>
    /// <param name="head">The checked-out commit's sites folder, which they were made on.</param>
    /// <param name="work">The work tree's sites folder.</param>
    public static SourceEdits Edits(SourceState state, ISiteSource head, ISiteSource work)
    {
        var edits = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        foreach (var path in new[] { SiteTemplate.Folder, Inventory.Folder }.SelectMany(folder => work.List(folder).Union(head.List(folder))))
        {
            var (now, before) = (work.Read(path), head.Read(path));
            if (Same(now, before))
            {
                continue;
            }

            edits[path] = Same(before, state.Source.Read(path)) || Same(now, state.Source.Read(path)) ? now : throw DeployException.BadInput(
                $"{DesiredState.SitesFolder}/{path} has changed on the branch that sites pull, too", "bring your clone up to date first: git pull");
        }

        var what = edits.Keys.GroupBy(path => path.Split('/')[0], StringComparer.Ordinal).Select(group => group.Key).Order(StringComparer.Ordinal).ToList();
        return new SourceEdits(state.State.Policy.Environments[^1].Name, "render", $"Render the sites from another {(what.Count == 0 ? SiteTemplate.Folder : string.Join(" and ", what.OrderDescending()))}")
        {
            Files = edits,
            Body = count => $"{Quantity.AtStart(count, "site")} {Quantity.Verb(count, "change")}.",
            Trailers = [new Trailer(SiteTrailers.Rendered, Quantity.List([.. edits.Keys], MaxNamed))],
        };
    }

    private static bool Same(byte[]? a, byte[]? b) => a is null == b is null && (a ?? []).AsSpan().SequenceEqual(b ?? []);
}
