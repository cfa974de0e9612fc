using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Promotion.Gating;

namespace FaceEdge.Deploy.Promotion.Rollout;

/// <summary>The commit message of one wave.</summary>
internal static class RolloutMessage
{
    public static string Write(
        RolloutStep step, PromoteRequest request, ChangeOptions options, IReadOnlyList<string> replaced, IReadOnlyList<GateOutcome> gates, bool wasRolledBack)
    {
        List<Trailer> trailers =
        [
            new(PromotionTrailers.Image, step.Image.Image.ToString()),
            new(PromotionTrailers.To, step.Environment),
            new(PromotionTrailers.From, step.From),
            .. MessageBody.Replaced([.. replaced.Where(image => image != step.Image.Image.ToString())]),
            new(PromotionTrailers.RolloutWave, $"{step.Number}/{step.Waves} {step.Wave}"),
            new(PromotionTrailers.RolloutSites, $"{step.Reached} of {step.Sites}"),
            .. GateTrailers.Of(gates, request.Answers),
        ];
        if (wasRolledBack)
        {
            trailers.Add(new Trailer(PromotionTrailers.AllowedRolledBack, step.Image.Image.Digest!));
        }

        trailers.AddRange(options.Trailers());
        return CommitMessage.Format(
            $"Roll {step.Image.Image.Tag} out to {step.Environment}, wave {step.Number} of {step.Waves}", MessageBody.Write(replaced, step.Reached), trailers);
    }
}
