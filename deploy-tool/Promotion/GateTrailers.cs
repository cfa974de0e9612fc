using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Promotion.Gating;

namespace FaceEdge.Deploy.Promotion;

/// <summary>What a commit records of its gates.</summary>
internal static class GateTrailers
{
    public static IEnumerable<Trailer> Of(IReadOnlyList<GateOutcome> gates, GateAnswers answers)
    {
        foreach (var gate in gates)
        {
            yield return gate.ToTrailer();
        }

        foreach (var name in answers.ApprovedBy)
        {
            yield return new Trailer(PromotionTrailers.ApprovedBy, name);
        }

        if (answers.FreezeOverride is { } reason && gates.Any(gate => gate.State == GateState.Overridden))
        {
            yield return new Trailer(PromotionTrailers.FreezeOverride, reason);
        }

        var skipped = gates.Where(gate => gate.State == GateState.Skipped).Select(gate => gate.Gate).ToList();
        if (skipped.Count > 0)
        {
            yield return new Trailer(PromotionTrailers.SkippedGates, string.Join(", ", skipped));
        }
    }
}
