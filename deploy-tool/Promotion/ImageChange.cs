using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>The files that give sites an image, and the exact differences.</summary>
internal sealed record ImageChange(IReadOnlyList<FileChange> Files, IReadOnlyList<string> Diffs)
{
    /// <summary>Plans the edits; files are edited on all processors, since a fleet has thousands.</summary>
    public static ImageChange Plan(IReadOnlyList<SiteManifest> sites, ImageReference image)
    {
        var changes = new FileChange?[sites.Count];
        try
        {
            Parallel.For(0, sites.Count, i => changes[i] = sites[i].WithImage(image));
        }
        catch (AggregateException exception)
        {
            throw exception.InnerExceptions.OfType<DeployException>().OrderBy(fault => fault.Message, StringComparer.Ordinal).First();
        }

        var files = changes.OfType<FileChange>().ToList();
        var diffs = sites.Zip(changes)
            .Where(pair => pair.Second is not null)
            .Select(pair => UnifiedDiff.Format(pair.First.Path, pair.First.Bytes, pair.Second!.Content))
            .ToList();
        return new ImageChange(files, diffs);
    }
}
