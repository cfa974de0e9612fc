using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.History;

/// <summary>The files that got another image not long ago.</summary>
internal static class RecentChanges
{
    /// <summary>Paths, from the top of the repository, of what commits since a moment changed below sites/; those that only changed settings are left out.</summary>
    public static async Task<HashSet<string>> ReadAsync(GitProcess git, string commit, DateTimeOffset since, CancellationToken cancellation)
    {
        string[] options = ["log", "-z", "--format=", "--name-only", "--no-renames", $"--since={since.ToUnixTimeSeconds()}"];
        var pushed = await git.RunAsync(
            cancellation,
            [.. options, "--invert-grep", $"--grep=^{PromotionTrailers.ConfiguredEnvironment}: ", $"--grep=^{SiteTrailers.Rendered}: ", "--end-of-options", commit, "--", "sites/"]);

        // What was proposed earlier and is merged now. Hosts name the branch in the merge's message.
        var merged = await git.RunAsync(
            cancellation,
            [.. options, "--merges", "--first-parent", "--diff-merges=first-parent", "--extended-regexp", "--grep=deploy-tool/(promote|rollback|rollout)/", "--end-of-options", commit, "--", "sites/"]);
        return (pushed + '\0' + merged).Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(path => path.TrimStart('\n')).Where(path => path.Length > 0).ToHashSet(StringComparer.Ordinal);
    }
}
