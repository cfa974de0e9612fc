using FaceEdge.Deploy.LatencyGate.Evidence;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Gates;

/// <summary>Evaluates every gate that an environment has.</summary>
internal static class GateEvaluator
{
    public const string Freeze = "freeze";
    public const string Soak = "soak";
    public const string Approvals = "approvals";
    public const string Signature = "signature";
    public const string Telemetry = "telemetry";

    /// <summary>The outcome of each gate, in the order in which they are listed; empty when the environment has none.</summary>
    public static IReadOnlyList<GateOutcome> Evaluate(GateContext context)
    {
        var gates = context.Target.Gates;
        GateOutcome?[] outcomes =
        [
            gates.Signature is null ? null : context.Inputs.Signature
                ?? new GateOutcome(Signature, GateState.Missing, "the signature was not checked", "leave out --skip-image-check"),
            gates.Latency is { } latency ? EvidenceRule.Evaluate(GateKind.Latency, latency, context) : null,
            gates.Accuracy is { } accuracy ? EvidenceRule.Evaluate(GateKind.Accuracy, accuracy, context) : null,
            gates.SiteCheck is { } siteCheck
                ? TelemetryRule.InPlaceOf(EvidenceRule.Evaluate(GateKind.SiteCheck, siteCheck, context), gates.Telemetry, context.Inputs.Telemetry)
                : null,
            gates.Telemetry is null ? null : context.Inputs.Telemetry
                ?? new GateOutcome(Telemetry, GateState.Missing, $"the telemetry of {context.Source?.Name} was not asked", $"promote --to {context.Target.Name} asks it"),
            gates.Soak is { } soak ? EvaluateSoak(soak, context) : null,
            gates.Approvals is { } approvals ? EvaluateApprovals(approvals, context) : null,
            gates.Freezes.Count > 0 ? EvaluateFreeze(context) : null,
        ];
        return [.. outcomes.OfType<GateOutcome>()];
    }

    /// <summary>The same gates, all skipped.</summary>
    public static IReadOnlyList<GateOutcome> Skip(IReadOnlyList<GateOutcome> gates) =>
        [.. gates.Select(gate => new GateOutcome(gate.Gate, GateState.Skipped, $"by --skip-gates; would have been: {gate.Summary}"))];

    /// <summary>The environment before must have had the image for a while.</summary>
    private static GateOutcome EvaluateSoak(TimeSpan asked, GateContext context)
    {
        var source = context.Source!.Name;
        if (context.History.Took(source, context.Image) is not { } took)
        {
            return new GateOutcome(Soak, GateState.Missing, $"no promotion of this image to {source} is in the history", $"promote it to {source} with deploy-tool first");
        }

        var soaked = context.Now - took.At;
        var summary = $"{DurationFormat.Text(soaked)} in {source} since {took.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {DurationFormat.Text(asked)} asked for";
        return soaked >= asked
            ? new GateOutcome(Soak, GateState.Passed, summary)
            : new GateOutcome(Soak, GateState.Missing, summary, $"wait {DurationFormat.Text(asked - soaked)}");
    }

    /// <summary>So many different people must have agreed, of those who may.</summary>
    private static GateOutcome EvaluateApprovals(ApprovalGate gate, GateContext context)
    {
        var named = context.Inputs.ApprovedBy.Select(name => name.Trim()).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var entitled = named.Where(name => gate.From.Count == 0 || gate.From.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList();
        var others = named.Except(entitled, StringComparer.OrdinalIgnoreCase).ToList();
        var summary = $"{entitled.Count} of {gate.Count} approvals"
            + (entitled.Count > 0 ? $" ({string.Join(", ", entitled)})" : "")
            + (others.Count > 0 ? $"; not entitled: {string.Join(", ", others)}" : "");
        return entitled.Count >= gate.Count
            ? new GateOutcome(Approvals, GateState.Passed, summary)
            : new GateOutcome(
                Approvals,
                GateState.Missing,
                summary,
                gate.From.Count > 0 ? $"--approved-by, from {string.Join(", ", gate.From)}" : "name who agreed with --approved-by");
    }

    /// <summary>Nothing goes in during a freeze, unless for a reason that is recorded.</summary>
    private static GateOutcome EvaluateFreeze(GateContext context)
    {
        var frozen = context.Target.Gates.Freezes
            .Select(freeze => (freeze.Name, Until: freeze.FrozenUntil(context.Now)))
            .Where(freeze => freeze.Until is not null)
            .OrderBy(freeze => freeze.Until)
            .LastOrDefault();
        if (frozen.Until is not { } until)
        {
            return new GateOutcome(Freeze, GateState.Passed, "no freeze now");
        }

        var summary = $"freeze '{frozen.Name}' until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC";
        return context.Inputs.FreezeOverride is { } reason
            ? new GateOutcome(Freeze, GateState.Overridden, $"{summary}: {reason}")
            : new GateOutcome(Freeze, GateState.Failed, summary, "wait, or for a hotfix give --override-freeze REASON");
    }
}
