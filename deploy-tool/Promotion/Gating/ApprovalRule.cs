using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Promotion.Gating;

/// <summary>So many different people must have agreed, of those who may.</summary>
internal static class ApprovalRule
{
    public static GateOutcome Ask(ApprovalGate gate, GateQuestion question)
    {
        var named = question.Answers.ApprovedBy.Select(name => name.Trim()).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var entitled = named.Where(name => gate.From.Count == 0 || gate.From.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList();
        var strangers = named.Except(entitled, StringComparer.OrdinalIgnoreCase).ToList();
        var summary = $"{entitled.Count} of {gate.Count} approvals"
            + (entitled.Count > 0 ? $" ({string.Join(", ", entitled)})" : "")
            + (strangers.Count > 0 ? $"; not entitled: {string.Join(", ", strangers)}" : "");
        return entitled.Count >= gate.Count
            ? new GateOutcome(GateKeeper.Approvals, GateState.Passed, summary)
            : new GateOutcome(
                GateKeeper.Approvals,
                GateState.Missing,
                summary,
                gate.From.Count > 0 ? $"--approved-by, from {string.Join(", ", gate.From)}" : "name who agreed with --approved-by");
    }
}
