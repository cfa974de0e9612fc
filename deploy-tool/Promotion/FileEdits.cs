using System.Runtime.ExceptionServices;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion;

/// <summary>The files that a change writes, and the exact differences.</summary>
internal sealed record FileEdits(IReadOnlyList<FileChange> Files, IReadOnlyList<string> Diffs)
{
    public static FileEdits None { get; } = new([], []);

    /// <summary>Gives sites an image: one scalar a manifest. Files are edited on all processors, since a fleet has thousands.</summary>
    /// <exception cref="SitesException">A manifest cannot be edited; of several, the first.</exception>
    public static FileEdits Of(IReadOnlyList<SiteManifest> sites, ImageReference image)
    {
        var changes = new (FileChange File, string Diff)?[sites.Count];
        var faults = new SitesException?[sites.Count];
        try
        {
            Parallel.For(0, sites.Count, i =>
            {
                try
                {
                    changes[i] = sites[i].WithImage(image) is { } file ? (file, UnifiedDiff.Format(file.Path, sites[i].Bytes, file.Content)) : null;
                }
                catch (SitesException exception)
                {
                    faults[i] = exception;
                }
            });
        }
        catch (AggregateException exception)
        {
            // An error of this program: it comes out as it is.
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        if (Array.Find(faults, fault => fault is not null) is { } first)
        {
            throw first;
        }

        var made = changes.Where(change => change is not null).Select(change => change!.Value).ToList();
        return new FileEdits([.. made.Select(change => change.File)], [.. made.Select(change => change.Diff)]);
    }
}
