using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.History;

/// <summary>One commit that gave an environment an image, as its trailers tell it.</summary>
/// <param name="Commit">Full hash.</param>
/// <param name="At">The committer's date.</param>
/// <param name="By">The committer's name.</param>
/// <param name="Environment">Where the image went.</param>
/// <param name="Image">The pinned image.</param>
/// <param name="From">Environment that it came from; <c>registry</c> for the first; null for a rollback.</param>
/// <param name="RolledBack">Images that this commit took out of service; empty for a promotion.</param>
/// <param name="Trailers">All trailers, in order.</param>
internal sealed record PromotionRecord(
    string Commit,
    DateTimeOffset At,
    string By,
    string Environment,
    ImageReference Image,
    string? From,
    IReadOnlyList<ImageReference> RolledBack,
    IReadOnlyList<Trailer> Trailers)
{
    /// <summary>The image that was there before, where it was one; null otherwise.</summary>
    public ImageReference? Replaced { get; } =
        ImageReference.TryParse(Value(Trailers, PromotionTrailers.Replaced), out var replaced) && replaced.IsPinned ? replaced : null;

    /// <summary>The images that this record shows the environment to have had, newest first.</summary>
    public IEnumerable<ImageReference> Images => Replaced is null ? [Image] : [Image, Replaced];

    public bool IsRollback => RolledBack.Count > 0;

    /// <summary>Whether sites are left for waves, or parts of one, that are to follow; false for what is no rollout.</summary>
    public bool IsRolloutUnderWay => Value(PromotionTrailers.RolloutSites)?.Split(" of ") is [var reached, var sites] && reached != sites;

    /// <summary>Reads a commit; null when its trailers are not a promotion's.</summary>
    public static PromotionRecord? Read(string commit, DateTimeOffset at, string by, IReadOnlyList<Trailer> trailers)
    {
        if (Value(trailers, PromotionTrailers.To) is not { } environment
            || !ImageReference.TryParse(Value(trailers, PromotionTrailers.Image), out var image))
        {
            return null;
        }

        var rolledBack = trailers
            .Where(trailer => trailer.Key == PromotionTrailers.RolledBack)
            .Select(trailer => ImageReference.TryParse(trailer.Value, out var bad) ? bad : null)
            .OfType<ImageReference>()
            .ToList();
        return new PromotionRecord(commit, at, by, environment, image, Value(trailers, PromotionTrailers.From), rolledBack, trailers);
    }

    /// <summary>The value of a trailer; null when it is absent.</summary>
    public string? Value(string key) => Value(Trailers, key);

    private static string? Value(IReadOnlyList<Trailer> trailers, string key) => trailers.FirstOrDefault(trailer => trailer.Key == key)?.Value;
}
