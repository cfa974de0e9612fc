using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Promotion;

/// <summary>The middle of a promotion's commit message.</summary>
internal static class MessageBody
{
    private const int MaxReplaced = 5;

    /// <summary>The trailer that names the image replaced, where it was one: a rollback may go back to it.</summary>
    public static IEnumerable<Trailer> Replaced(IReadOnlyList<string> replaced) =>
        replaced is [var one] && ImageReference.TryParse(one, out var image) && image.IsPinned ? [new Trailer(PromotionTrailers.Replaced, one)] : [];

    /// <summary>What was replaced where. The last line keeps a pipeline that watches the branch from running because of this commit.</summary>
    public static string Write(IReadOnlyList<string> replaced, int sites)
    {
        var names = string.Join("\n", replaced.Take(MaxReplaced).Select(image => $"  {image}"));
        var more = replaced.Count > MaxReplaced ? $"\n  and {replaced.Count - MaxReplaced} more" : "";
        return $"{(sites == 1 ? "One site" : $"{sites} sites")}; replaced:\n{names}{more}\n\n[skip ci]";
    }
}
