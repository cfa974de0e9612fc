using FaceEdge.Contracts;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.Promotion;

/// <summary>What the commit messages of changes of an image have in common.</summary>
internal static class ChangeMessage
{
    private const int MaxReplaced = 5;

    /// <summary>What was replaced where.</summary>
    public static string Body(IReadOnlyList<string> replaced, int sites)
    {
        var names = string.Join("\n", replaced.Take(MaxReplaced).Select(image => $"  {image}"));
        var more = replaced.Count > MaxReplaced ? $"\n  and {replaced.Count - MaxReplaced} more" : "";
        return $"{Quantity.AtStart(sites, "site")}; replaced:\n{names}{more}";
    }

    /// <summary>The trailer that names the image replaced, where it was one: a rollback may go back to it.</summary>
    public static IEnumerable<Trailer> Replaced(IReadOnlyList<string> replaced) =>
        replaced is [var one] && ImageReference.TryParse(one, out var image) && image.IsPinned ? [new Trailer(PromotionTrailers.Replaced, one)] : [];

    /// <summary>What the gates said, who agreed, and what was skipped.</summary>
    public static IEnumerable<Trailer> Gates(IReadOnlyList<GateOutcome> gates, GateInputs inputs)
    {
        foreach (var gate in gates)
        {
            yield return gate.ToTrailer();
        }

        foreach (var name in inputs.ApprovedBy)
        {
            yield return new Trailer(PromotionTrailers.ApprovedBy, name);
        }

        if (inputs.FreezeOverride is { } reason && gates.Any(gate => gate.State == GateState.Overridden))
        {
            yield return new Trailer(PromotionTrailers.FreezeOverride, reason);
        }

        var skipped = gates.Where(gate => gate.State == GateState.Skipped).Select(gate => gate.Gate).ToList();
        if (skipped.Count > 0)
        {
            yield return new Trailer(PromotionTrailers.SkippedGates, string.Join(", ", skipped));
        }
    }

    /// <summary>That an image which was rolled back comes again, where it does.</summary>
    public static IEnumerable<Trailer> RolledBack(Refusal? rolledBack, ImageReference image) =>
        rolledBack is null ? [] : [new Trailer(PromotionTrailers.AllowedRolledBack, image.Digest!)];
}
