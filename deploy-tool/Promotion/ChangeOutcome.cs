using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.Promotion;

/// <summary>The plan that was carried out or not, and the commit that came of it; null when there is none.</summary>
internal sealed record ChangeResult(ChangePlan Plan, Published? Published);
