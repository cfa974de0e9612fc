namespace FaceEdge.Deploy.Rehearsal.SiteAgents;

/// <summary>What a site says of itself, in the words of VMware Edge Compute Stack's site status.</summary>
internal enum SiteState
{
    PullInProgress,

    /// <summary>The newest commit is there; nothing of it has been applied yet.</summary>
    Pulled,

    Reconciling,

    /// <summary>The service runs what the folder says, and is ready.</summary>
    Ready,

    /// <summary>The folder's manifest cannot be applied.</summary>
    ApplyFailed,

    ImagePullFailed,

    /// <summary>The service does not become ready.</summary>
    NotReady,

    /// <summary>The Git remote does not answer; what was applied goes on running.</summary>
    UrlUnreachable,
}

/// <summary>A site's report.</summary>
/// <param name="State">How it is.</param>
/// <param name="LastCommit">The newest commit that it has seen; null before the first.</param>
/// <param name="AppliedCommit">The commit whose folder it runs; null before the first.</param>
/// <param name="Image">The image that runs; null while none does.</param>
/// <param name="AppliedAt">When it was applied.</param>
/// <param name="Error">What went wrong last, in one line; null when all is well.</param>
internal sealed record SiteStatus(
    SiteState State, string? LastCommit, string? AppliedCommit, string? Image, DateTimeOffset? AppliedAt, string? Error)
{
    public static readonly SiteStatus Unknown = new(SiteState.PullInProgress, null, null, null, null, null);
}
