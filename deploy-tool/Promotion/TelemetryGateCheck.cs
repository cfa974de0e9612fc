using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.History;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Prometheus;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Telemetry;

namespace FaceEdge.Deploy.Promotion;

/// <summary>Evaluates the telemetry gates that a change has to pass.</summary>
internal sealed class TelemetryGateCheck(TelemetrySource? source, TimeProvider time)
{
    /// <summary>Named apart from the environment's own telemetry gate, which is about the environment before.</summary>
    public const string WaveGateName = "wave-telemetry";

    public const string RoomGateName = "max-unavailable";

    private readonly TelemetryRule _rule = new(source);

    /// <summary>What the environment before shows; null when the gate is not asked for.</summary>
    /// <exception cref="PrometheusException">The address, the token or a query of the policy cannot be used.</exception>
    public async Task<GateOutcome?> OfSourceAsync(
        DesiredState state, SiteEnvironment target, ImageReference image, PromotionHistory history, CancellationToken cancellation)
    {
        if (target.Gates.Telemetry is not { } gate || state.Policy.Before(target) is not { } before)
        {
            return null;
        }

        var sites = await state.ReadSitesAsync(before, cancellation);
        return await _rule.EvaluateAsync(GateEvaluator.Telemetry, gate, state.Policy.Telemetry, ContextOf(state, before, sites, image, history), cancellation);
    }

    /// <summary>What the sites of a rollout that have the image show, against those that do not have it yet; null when the rollout does not ask.</summary>
    /// <exception cref="PrometheusException">The address, the token or a query of the policy cannot be used.</exception>
    public Task<GateOutcome?> OfWaveAsync(
        DesiredState state, SiteEnvironment target, RolloutPolicy policy, IReadOnlyList<SiteManifest> sites, ImageReference image, PromotionHistory history, CancellationToken cancellation) =>
        _rule.EvaluateAsync(WaveGateName, policy.Telemetry, state.Policy.Telemetry, ContextOf(state, target, sites, image, history), cancellation);

    /// <summary>
    /// How many more sites may be given an image at once, so that no more than a share of the environment is unavailable: silent, or not yet running what
    /// Git wants. Without telemetry only the share itself is known.
    /// </summary>
    public async Task<(int Room, GateOutcome Outcome)> RoomAsync(
        DesiredState state, SiteEnvironment target, IReadOnlyList<SiteManifest> sites, int percent, CancellationToken cancellation)
    {
        var allowed = Math.Max(1, sites.Count * percent / 100);
        if (source?.Open(state.Policy.Telemetry) is not { } telemetry)
        {
            return (allowed, new GateOutcome(RoomGateName, GateState.Passed, $"{allowed} of {sites.Count} sites at once"));
        }

        try
        {
            var seen = await telemetry.SightingsAsync(SiteScope.Of([target.Name]), time.GetUtcNow(), state.Policy.Telemetry.SilentAfter, cancellation);
            var unavailable = sites.Count(site => seen.GetValueOrDefault(new SiteKey(target.Name, site.Name))?.Digest is not { } digest || digest != site.Image?.Digest);
            var summary = $"{unavailable} of {sites.Count} sites are unavailable, {allowed} may be";
            return unavailable < allowed
                ? (allowed - unavailable, new GateOutcome(RoomGateName, GateState.Passed, summary))
                : (0, new GateOutcome(RoomGateName, GateState.Inconclusive, summary, $"wait, or see deploy-tool fleet --env {target.Name}"));
        }
        catch (PrometheusException exception) when (exception.IsUnavailable)
        {
            return (0, new GateOutcome(RoomGateName, GateState.Inconclusive, exception.Message, exception.Remedy));
        }
    }

    /// <summary>Sites in the order in which the image draws them: of more than a comparison takes, those that it leaves out are left out by lot.</summary>
    private TelemetryContext ContextOf(DesiredState state, SiteEnvironment environment, IReadOnlyList<SiteManifest> sites, ImageReference image, PromotionHistory history)
    {
        var (text, now) = (image.ToString(), time.GetUtcNow());
        var drawn = WaveSites.Draw(sites, image.Digest!).ToLookup(site => site.ImageText == text, site => site.Name);
        return new TelemetryContext(
            environment.Name, image.Digest!, [.. drawn[true]], [.. drawn[false]], history.Began(environment.Name, image)?.At ?? now, now, state.Policy.Telemetry.SilentAfter);
    }
}
