using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.History;

/// <summary>The files that got another image not long ago.</summary>
internal static class RecentChanges
{
    /// <summary>Paths, from the top of the repository, of what commits since a moment changed below sites/; those that only changed settings are left out.</summary>
    public static async Task<HashSet<string>> ReadAsync(GitProcess git, string commit, DateTimeOffset since, CancellationToken cancellation)
    {
        var log = await git.RunAsync(
            cancellation,
            "log",
            "-z",
            "--format=",
            "--name-only",
            "--no-renames",
            $"--since={since.ToUnixTimeSeconds()}",
            "--invert-grep",
            $"--grep=^{PromotionTrailers.ConfiguredEnvironment}: ",
            $"--grep=^{SiteTrailers.Rendered}: ",
            "--end-of-options",
            commit,
            "--",
            "sites/");
        return log.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(path => path.TrimStart('\n')).ToHashSet(StringComparer.Ordinal);
    }
}
