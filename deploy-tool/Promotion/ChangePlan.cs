using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Promotion.Gating;

namespace FaceEdge.Deploy.Promotion;

/// <summary>What would be done to an environment on top of one commit, and what stands against it.</summary>
/// <param name="Environment">Where.</param>
/// <param name="From">The environment the image comes from, or <c>registry</c>; null for a rollback.</param>
/// <param name="Image">The image that the sites are to have, pinned unless it could not be.</param>
/// <param name="Replaced">The images that they have now.</param>
/// <param name="Sites">Sites that the change is about.</param>
/// <param name="Change">The files; null when the plan was refused before they were worked out.</param>
/// <param name="Gates">What each gate says.</param>
/// <param name="Refusals">The rules that say no.</param>
/// <param name="Message">The commit's message; null when there is nothing to commit.</param>
internal sealed record ChangePlan(
    string Environment,
    string? From,
    ImageReference? Image,
    IReadOnlyList<string> Replaced,
    int Sites,
    ImageChange? Change,
    IReadOnlyList<GateOutcome> Gates,
    IReadOnlyList<Refusal> Refusals,
    string? Message)
{
    public bool Refused => Refusals.Count > 0 || Gates.Any(gate => !gate.Open);

    /// <summary>Whether only something that could not be decided is in the way.</summary>
    public bool Undecided => Refusals.Count == 0 && Gates.All(gate => gate.Open || gate.State == GateState.Inconclusive);

    public bool NothingToDo => Change is { Files.Count: 0 };
}
