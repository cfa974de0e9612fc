using FaceEdge.Deploy.CommandLine;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>The files that give sites an image, and the exact differences.</summary>
internal sealed record ImageChange(IReadOnlyList<FileChange> Files, IReadOnlyList<string> Diffs)
{
    /// <summary>Plans the edits; files are edited on all processors, since a fleet has thousands.</summary>
    public static ImageChange Plan(IReadOnlyList<SiteManifest> sites, ImageReference image)
    {
        var changes = new (FileChange File, string Diff)?[sites.Count];
        try
        {
            Parallel.For(0, sites.Count, i => changes[i] = sites[i].WithImage(image) is { } file
                ? (file, UnifiedDiff.Format(file.Path, sites[i].Bytes, file.Content))
                : null);
        }
        catch (AggregateException exception)
        {
            throw exception.InnerExceptions.OfType<DeployException>().OrderBy(fault => fault.Message, StringComparer.Ordinal).First();
        }

        var made = changes.Where(change => change is not null).Select(change => change!.Value).ToList();
        return new ImageChange([.. made.Select(change => change.File)], [.. made.Select(change => change.Diff)]);
    }
}
