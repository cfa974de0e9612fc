using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.History;

/// <summary>The commits that changed sites rather than what they run, newest first: configured, rendered, added, renamed, retired.</summary>
internal static class SiteHistory
{
    private static readonly (string Trailer, string What)[] Kinds =
    [
        (PromotionTrailers.ConfiguredEnvironment, "configured"), (SiteTrailers.Added, "site added"), (SiteTrailers.Renamed, "site renamed"),
        (SiteTrailers.Retired, "site retired"), (SiteTrailers.EnvironmentAdded, "environment added"), (SiteTrailers.Rendered, "rendered"),
    ];

    /// <summary>Reads them from the log.</summary>
    public static async Task<IReadOnlyList<SiteRecord>> ReadAsync(GitProcess git, string commit, CancellationToken cancellation)
    {
        var changes = await TrailerLog.ReadAsync(git, commit, Kinds.Select(kind => kind.Trailer), cancellation);
        return [.. changes.Select(Read).OfType<SiteRecord>()];
    }

    private static SiteRecord? Read(LoggedChange change)
    {
        foreach (var (key, what) in Kinds)
        {
            if (change.Trailers.FirstOrDefault(trailer => trailer.Key == key) is { } found)
            {
                var settings = change.Trailers.Where(trailer => trailer.Key == PromotionTrailers.ConfiguredSetting).Select(trailer => trailer.Value).ToList();
                var folder = key == SiteTrailers.Rendered ? null : found.Value.Split(" to ")[^1];
                return new SiteRecord(
                    change.Commit, change.At, change.By, folder, $"{what}: {(settings.Count > 0 ? string.Join(", ", settings) : found.Value)}", change.Trailers);
            }
        }

        return null;
    }
}

/// <summary>One commit that changed sites.</summary>
/// <param name="Commit">Full hash.</param>
/// <param name="At">The committer's date.</param>
/// <param name="By">The committer's name.</param>
/// <param name="Folder">The environment or the one site that it is about; null for all.</param>
/// <param name="What">What was done, in words.</param>
/// <param name="Trailers">All trailers, in order.</param>
internal sealed record SiteRecord(string Commit, DateTimeOffset At, string By, string? Folder, string What, IReadOnlyList<Trailer> Trailers)
{
    /// <summary>Whether it is about an environment, or about one site of it where one is named.</summary>
    public bool IsAbout(string environment, string? site) => Folder is null || (Folder.Split('/') is [var first, .. var rest] && first == environment
        && (site is null || rest.Length == 0 || rest[0] == site));
}
