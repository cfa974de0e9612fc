using FaceEdge.Deploy.Promotion.Gating;

namespace FaceEdge.Deploy.Promotion;

/// <summary>How one environment stands.</summary>
/// <param name="Environment">Its name.</param>
/// <param name="Sites">Sites that it has.</param>
/// <param name="Images">The images that they are to run, most sites first.</param>
/// <param name="Tag">The tag where all run one pinned image; null otherwise.</param>
/// <param name="Digest">Its digest.</param>
/// <param name="Since">When it was promoted here; null when no promotion of it is in the history.</param>
/// <param name="Commit">The commit that did; null likewise.</param>
/// <param name="By">Who did; null likewise.</param>
/// <param name="Modes">The detection modes that the sites are set to.</param>
/// <param name="Drift">Whether the tag still names the digest.</param>
/// <param name="EditedByHand">Whether the manifests say something else than the last promotion.</param>
/// <param name="Next">The image that the environment before would hand on; null when there is none that is not here already.</param>
/// <param name="MissingGates">Gates that are still in its way.</param>
internal sealed record EnvironmentStatus(
    string Environment,
    int Sites,
    IReadOnlyList<ImageCount> Images,
    string? Tag,
    string? Digest,
    DateTimeOffset? Since,
    string? Commit,
    string? By,
    IReadOnlyList<string> Modes,
    TagDrift Drift,
    bool EditedByHand,
    string? Next,
    IReadOnlyList<GateOutcome> MissingGates);

/// <summary>How many sites are to run an image.</summary>
internal sealed record ImageCount(string Image, int Sites);
