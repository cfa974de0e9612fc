using System.Globalization;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.History;

/// <summary>The promotions and rollbacks that lead to a commit, newest first.</summary>
internal sealed class PromotionHistory(IReadOnlyList<PromotionRecord> records)
{
    private const char RecordStart = '\u001e';
    private const char FieldEnd = '\u001f';

    public IReadOnlyList<PromotionRecord> Records { get; } = records;

    /// <summary>Reads them from the log.</summary>
    public static async Task<PromotionHistory> ReadAsync(GitProcess git, string commit, CancellationToken cancellation)
    {
        var log = await git.RunAsync(
            cancellation,
            "log",
            "--topo-order",
            "--format=%x1e%H%x1f%ct%x1f%cn%x1f%(trailers:only=true,unfold=true)",
            "--extended-regexp",
            $"--grep=^{PromotionTrailers.Image}: ",
            "--end-of-options",
            commit);
        return new PromotionHistory([.. log.Split(RecordStart, StringSplitOptions.RemoveEmptyEntries).Select(Read).OfType<PromotionRecord>()]);
    }

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

    private static PromotionRecord? Read(string text)
    {
        if (text.Split(FieldEnd) is not [var commit, var seconds, var by, var trailers])
        {
            return null;
        }

        var parsed = trailers.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ", 2))
            .Where(parts => parts.Length == 2)
            .Select(parts => new Trailer(parts[0], parts[1].Trim()))
            .ToList();
        return PromotionRecord.Read(commit, DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture)), by, parsed);
    }
}
