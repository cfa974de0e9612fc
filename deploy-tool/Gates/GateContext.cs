using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Gates;

/// <summary>A promotion as its gates see it.</summary>
/// <param name="Image">The pinned image.</param>
/// <param name="Revision">The commit that the image was built from; null when it does not say.</param>
/// <param name="Target">Where it is to go.</param>
/// <param name="Source">The environment before; null for the first.</param>
/// <param name="History">What happened so far.</param>
/// <param name="Inputs">What the operator brings.</param>
/// <param name="Now">The moment of the promotion.</param>
internal sealed record GateContext(
    ImageReference Image,
    string? Revision,
    SiteEnvironment Target,
    SiteEnvironment? Source,
    PromotionHistory History,
    GateInputs Inputs,
    DateTimeOffset Now);

/// <summary>What the operator brings for the gates.</summary>
/// <param name="Evidence">Evidence files.</param>
/// <param name="ApprovedBy">People who agreed.</param>
/// <param name="FreezeOverride">Why a freeze is overridden; null when it is not.</param>
/// <param name="Signature">What the signature check said; null when none was asked for.</param>
/// <param name="Telemetry">What the telemetry of the environment before says; null when it was not asked.</param>
internal sealed record GateInputs(
    IReadOnlyList<EvidenceFile> Evidence, IReadOnlyList<string> ApprovedBy, string? FreezeOverride, GateOutcome? Signature = null, GateOutcome? Telemetry = null)
{
    public static GateInputs None { get; } = new([], [], null);
}
