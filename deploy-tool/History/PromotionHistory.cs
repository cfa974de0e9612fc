using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.History;

/// <summary>The promotions and rollbacks that lead to a commit, newest first.</summary>
internal sealed class PromotionHistory(IReadOnlyList<PromotionRecord> records, IReadOnlyList<RolloutEvent> events)
{
    public IReadOnlyList<PromotionRecord> Records { get; } = records;

    /// <summary>Reads them from the log.</summary>
    public static async Task<PromotionHistory> ReadAsync(GitProcess git, string commit, CancellationToken cancellation)
    {
        var commits = await TrailerLog.ReadAsync(
            git, commit, [PromotionTrailers.Image, PromotionTrailers.RolloutsPaused, PromotionTrailers.RolloutsResumed, PromotionTrailers.RolloutCompleted], cancellation);
        return new PromotionHistory(
            [.. commits.Select(one => PromotionRecord.Read(one.Commit, one.At, one.By, one.Trailers)).OfType<PromotionRecord>()],
            [.. commits.Select(one => RolloutEvent.Read(one.Commit, one.At, one.By, one.Trailers)).OfType<RolloutEvent>()]);
    }

    /// <summary>Who paused the rollouts of an environment, and why; null when they go on.</summary>
    public RolloutPause? Paused(string environment) => LastPause(environment) is { Kind: RolloutEventKind.Paused } pause
        ? new RolloutPause(pause.Subject, pause.By, pause.At, pause.Reason, pause.Commit)
        : null;

    /// <summary>The last time that rollouts of an environment were paused or went on again; null when they never were.</summary>
    public RolloutEvent? LastPause(string environment) =>
        events.FirstOrDefault(one => one.Kind is RolloutEventKind.Paused or RolloutEventKind.Resumed && one.IsAbout(environment));

    /// <summary>Whether an image was found good at every site of an environment, since the environment got it last.</summary>
    public bool IsCompleted(string environment, ImageReference image) =>
        Latest(environment) is { } latest
        && events.Any(one => one.Kind == RolloutEventKind.Completed && one.Subject == PromotionTrailers.Completed(environment, image.ToString()) && one.At >= latest.At);

    /// <summary>The records of one environment, newest first.</summary>
    public IEnumerable<PromotionRecord> Of(string environment) => Records.Where(record => record.Environment == environment);

    /// <summary>The last thing that happened to an environment; null when nothing did.</summary>
    public PromotionRecord? Latest(string environment) => Of(environment).FirstOrDefault();

    /// <summary>Digests of all images that an environment is recorded to have had.</summary>
    public IReadOnlySet<string> Digests(string environment) =>
        Of(environment).SelectMany(record => record.Images.Concat(record.RolledBack)).Select(image => image.Digest).OfType<string>().ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// The record since which every site of an environment has had the image: the last one about it, since a rollout is several and a
    /// site has it only from its wave on. Null when the environment's last record is about another image.
    /// </summary>
    public PromotionRecord? Took(string environment, ImageReference image) =>
        Latest(environment) is { } latest && SameContent(latest.Image, image) ? latest : null;

    /// <summary>The first of the records, back from the last, that gave an environment this image: of a rollout, its first wave. Null when the last is about another.</summary>
    public PromotionRecord? Began(string environment, ImageReference image) =>
        Of(environment).TakeWhile(record => !record.IsRollback && SameContent(record.Image, image)).LastOrDefault();

    /// <summary>The rollback that took an image out of an environment and that nothing has lifted since; null when there is none.</summary>
    public PromotionRecord? RolledBack(string environment, ImageReference image)
    {
        foreach (var record in Of(environment))
        {
            if (record.RolledBack.Any(bad => SameContent(bad, image)))
            {
                return record;
            }

            if (record.Trailers.Any(trailer => trailer.Key == PromotionTrailers.AllowedRolledBack && trailer.Value == image.Digest))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>
    /// The image to go back to: the last that the environment had, is not <paramref name="current"/> and is not rolled back.
    /// </summary>
    public ImageReference? RollbackTarget(string environment, ImageReference? current) =>
        Of(environment)
            .SelectMany(record => record.Images)
            .FirstOrDefault(image => (current is null || !SameContent(image, current)) && RolledBack(environment, image) is null);

    /// <summary>Whether two references mean the same content.</summary>
    public static bool SameContent(ImageReference a, ImageReference b) => a.Digest is not null && a.Digest == b.Digest && a.Name == b.Name;
}
