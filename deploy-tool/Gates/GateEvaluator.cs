using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.Promotion.Gating;

/// <summary>Asks every gate that an environment has.</summary>
internal static class GateKeeper
{
    public const string Freeze = "freeze";
    public const string Soak = "soak";
    public const string Approvals = "approvals";
    public const string Signature = "signature";

    /// <summary>The outcome of each gate, in the order in which they are listed; empty when the environment has none.</summary>
    public static IReadOnlyList<GateOutcome> Ask(GateQuestion question)
    {
        var gates = question.Target.Gates;
        GateOutcome?[] outcomes =
        [
            gates.Signature is null ? null : question.Answers.Signature
                ?? new GateOutcome(Signature, GateState.Missing, "the signature was not checked", "leave out --skip-image-check"),
            gates.Latency is { } latency ? EvidenceRule.Ask(GateKind.Latency, latency, question) : null,
            gates.Accuracy is { } accuracy ? EvidenceRule.Ask(GateKind.Accuracy, accuracy, question) : null,
            gates.SiteCheck is { } siteCheck ? EvidenceRule.Ask(GateKind.SiteCheck, siteCheck, question) : null,
            gates.Soak is { } soak ? SoakRule.Ask(soak, question) : null,
            gates.Approvals is { } approvals ? ApprovalRule.Ask(approvals, question) : null,
            gates.Freezes.Count > 0 ? FreezeRule.Ask(question) : null,
        ];
        return [.. outcomes.OfType<GateOutcome>()];
    }

    /// <summary>The same gates, none of them asked.</summary>
    public static IReadOnlyList<GateOutcome> Skip(IReadOnlyList<GateOutcome> gates) =>
        [.. gates.Select(gate => new GateOutcome(gate.Gate, GateState.Skipped, $"by --skip-gates; would have been: {gate.Summary}"))];
}
