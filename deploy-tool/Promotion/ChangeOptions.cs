using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.History;

namespace FaceEdge.Deploy.Promotion;

/// <summary>How a change to an environment is made, whichever it is.</summary>
/// <param name="DryRun">Plan and show; write nothing.</param>
/// <param name="NoPush">Commit on the checked-out branch and push nothing.</param>
/// <param name="SkipImageCheck">Do not ask the registry.</param>
/// <param name="Remote">The remote to push to; null for the branch's own.</param>
/// <param name="Branch">The branch to push to; null for the current one's upstream.</param>
/// <param name="PipelineRun">Which pipeline run this is; null when it is none.</param>
internal sealed record ChangeOptions(bool DryRun, bool NoPush, bool SkipImageCheck, string? Remote, string? Branch, string? PipelineRun)
{
    /// <summary>Whether the work tree below sites/ holds the change, and so may differ from the checked-out commit.</summary>
    public bool TakesWorkTree { get; init; }

    /// <summary>How the change is proposed; null where it is pushed.</summary>
    public PullRequestOptions? PullRequest { get; init; }

    /// <summary>The trailers that say how the change was made.</summary>
    public IEnumerable<Trailer> Trailers()
    {
        if (PipelineRun is not null)
        {
            yield return new Trailer(PromotionTrailers.PipelineRun, PipelineRun);
        }

        if (SkipImageCheck)
        {
            yield return new Trailer(PromotionTrailers.SkippedImageCheck, "yes");
        }

        if (NoPush)
        {
            yield return new Trailer(PromotionTrailers.SkippedPush, "yes");
        }
    }
}
