using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Promotion.Gating;

namespace FaceEdge.Deploy.Promotion;

/// <summary>What <c>promote</c> is asked for.</summary>
/// <param name="To">The environment to promote into.</param>
/// <param name="From">The environment to promote out of; null when it was not named.</param>
/// <param name="Image">The image to promote; null when it is the one that the environment before runs.</param>
/// <param name="Answers">What is brought for the gates.</param>
/// <param name="SkipGates">Whether the gates are passed by, which is recorded.</param>
/// <param name="AllowRolledBack">Whether an image that was rolled back may come again, which is recorded.</param>
internal sealed record PromoteRequest(
    string To, string? From, ImageReference? Image, GateAnswers Answers, bool SkipGates, bool AllowRolledBack);
