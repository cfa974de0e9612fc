namespace FaceEdge.Deploy.Git;

/// <summary>What a sparse checkout leaves out of the work tree (git-sparse-checkout).</summary>
internal static class SparseCheckout
{
    /// <summary>The tracked files below git's directory that are not in the work tree and are not meant to be; null where the checkout is not sparse.</summary>
    public static async Task<IReadOnlySet<string>?> LeftOutAsync(GitProcess git, CancellationToken cancellation)
    {
        var sparse = await git.TryAsync(cancellation, "config", "--type=bool", "core.sparseCheckout");
        if (sparse.Output.Trim() != "true")
        {
            return null;
        }

        // <tag> SP <path> NUL; S for a file that is not in the work tree, and is not meant to be
        var listing = await git.RunAsync(cancellation, "ls-files", "-t", "-z");
        return listing.Split('\0').Where(line => line.StartsWith("S ", StringComparison.Ordinal)).Select(line => line[2..]).ToHashSet(StringComparer.Ordinal);
    }
}
