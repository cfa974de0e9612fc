using FaceEdge.Deploy.LatencyGate.Evidence;
using FaceEdge.Deploy.Prometheus;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Telemetry;

namespace FaceEdge.Deploy.Gates;

/// <summary>Evaluates a gate from what the sites' telemetry shows. A Prometheus that is away decides nothing.</summary>
internal sealed class TelemetryRule(TelemetrySource? source)
{
    /// <summary>The gate's outcome; null when there is no such gate.</summary>
    /// <param name="name">What the gate is called.</param>
    /// <param name="gate">What it asks for.</param>
    /// <param name="policy">Where the telemetry is.</param>
    /// <param name="context">The image, the sites and the times that it is about.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="PrometheusException">The address, the token or a query of the policy cannot be used.</exception>
    public async Task<GateOutcome?> EvaluateAsync(
        string name, TelemetryGate? gate, TelemetryPolicy policy, TelemetryContext context, CancellationToken cancellation)
    {
        if (gate is null)
        {
            return null;
        }

        if (source?.Open(policy) is not { } telemetry)
        {
            return new GateOutcome(name, GateState.Missing, "no Prometheus is named", $"write telemetry.prometheus into {DesiredState.SitesFolder}/{PolicyFile.FileName}, or set DEPLOY_TOOL_PROMETHEUS");
        }

        try
        {
            var verdict = await new TelemetryEvaluator(telemetry).EvaluateAsync(gate, context, cancellation);
            return verdict.Verdict switch
            {
                GateVerdict.Pass => new GateOutcome(name, GateState.Passed, verdict.Summary),
                GateVerdict.Fail => new GateOutcome(name, GateState.Failed, verdict.Summary, $"look at those sites, or roll back: deploy-tool rollback --env {context.Environment}"),
                _ => new GateOutcome(name, GateState.Inconclusive, verdict.Summary, $"wait, or see deploy-tool fleet --env {context.Environment}"),
            };
        }
        catch (PrometheusException exception) when (exception.IsUnavailable)
        {
            return new GateOutcome(name, GateState.Inconclusive, exception.Message, exception.Remedy);
        }
    }

    /// <summary>What check-site would have said, where the policy lets telemetry stand for it and nobody could dial in: nothing yet while telemetry is undecided.</summary>
    /// <param name="siteCheck">The outcome by evidence files.</param>
    /// <param name="gate">The telemetry gate beside it; null without one.</param>
    /// <param name="telemetry">Its outcome.</param>
    public static GateOutcome InPlaceOf(GateOutcome siteCheck, TelemetryGate? gate, GateOutcome? telemetry) =>
        siteCheck.State == GateState.Missing && gate is { ReplacesSiteCheck: true }
            ? telemetry switch
            {
                { State: GateState.Passed } => new GateOutcome(siteCheck.Gate, GateState.Passed, "by telemetry, since no check of a site was given"),
                { State: GateState.Inconclusive } => new GateOutcome(siteCheck.Gate, GateState.Inconclusive, "no check of a site was given, and telemetry is undecided", telemetry.Remedy),
                _ => siteCheck,
            }
            : siteCheck;
}
