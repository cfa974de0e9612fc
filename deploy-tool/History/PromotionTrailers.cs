using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.History;

/// <summary>
/// The trailers of a promotion's commit. They are the only state there is: who runs what, since when, through which gates, and what
/// was rolled back are read from them.
/// </summary>
internal static class PromotionTrailers
{
    public const string Image = "Promoted-Image";
    public const string To = "Promoted-To";
    public const string From = "Promoted-From";
    public const string Replaced = "Replaced-Image";
    public const string RolledBack = "Rolled-Back-Image";
    public const string AllowedRolledBack = "Allowed-Rolled-Back";
    public const string ApprovedBy = "Approved-By";
    public const string PipelineRun = "Pipeline-Run";
    public const string SourceCommit = "Source-Commit";
    public const string FreezeOverride = "Freeze-Override";
    public const string SkippedGates = "Skipped-Gates";
    public const string SkippedImageCheck = "Skipped-Image-Check";
    public const string SkippedPush = "Skipped-Push";
    public const string ConfiguredEnvironment = "Configured-Environment";
    public const string ConfiguredSetting = "Configured-Setting";
    public const string RolloutWave = "Rollout-Wave";
    public const string RolloutSites = "Rollout-Sites";
    public const string RolloutsPaused = "Rollouts-Paused";
    public const string RolloutsResumed = "Rollouts-Resumed";
    public const string PauseReason = "Pause-Reason";

    /// <summary>Its value is <see cref="Completed"/>.</summary>
    public const string RolloutCompleted = "Rollout-Completed";

    /// <summary>What the trailers of gates begin with.</summary>
    public const string GatePrefix = "Gate-";

    /// <summary>What <see cref="From"/> says of an image that came to the first environment.</summary>
    public const string FromRegistry = "registry";

    /// <summary>The value that says where which image was found good at every site.</summary>
    public static string Completed(string environment, string image) => $"{environment} {image}";

    /// <summary>The trailer of a gate: <c>Gate-Site-Check</c> for <c>site-check</c>.</summary>
    public static Trailer OfGate(string gate, string value) =>
        new(GatePrefix + string.Join('-', gate.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])), value);
}

/// <summary>The trailers of commits that change sites rather than what they run.</summary>
internal static class SiteTrailers
{
    public const string Added = "Site-Added";
    public const string Renamed = "Site-Renamed";
    public const string Retired = "Site-Retired";
    public const string EnvironmentAdded = "Environment-Added";
    public const string Rendered = "Rendered-Sites";
}
