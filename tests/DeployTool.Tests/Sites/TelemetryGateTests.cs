using System.Text;
using FaceEdge.Deploy.Sites;

namespace FaceEdge.Deploy.Tests.Sites;

public sealed class TelemetryGateTests
{
    private const string Head = "version: 1\nrollouts:\n- environment: production\n  waves: [{name: all}]\n  telemetry: ";

    [Fact]
    public void A_rollouts_telemetry_is_read()
    {
        var gate = Parse("""
            {reporting: 90%, observe: 10m, error: 0.5%, replacesSiteCheck: true, checks: [
               {name: latency, canary: latency, margin: 15%}, {name: restarts, canary: restarts, margin: 2},
               {name: ready, query: 'min by (site) (faceedge_ready{$sites})', atLeast: 1}]}
            """);

        Assert.Equal((90, TimeSpan.FromMinutes(10), 0.005, true), (gate.ReportingPercent, gate.Observe, gate.Error, gate.ReplacesSiteCheck));
        Assert.Equal(
            [
                new CanaryCheck("latency", CanaryMeasure.Latency, 0.15),
                new CanaryCheck("restarts", CanaryMeasure.Restarts, 2),
                new QueryCheck("ready", "min by (site) (faceedge_ready{$sites})", null, 1),
            ],
            gate.Checks);
    }

    [Fact]
    public void What_is_left_out_has_a_value()
    {
        var gate = Parse("{}");

        Assert.Equal((95, TimeSpan.FromMinutes(30), 0.01, false, 0), (gate.ReportingPercent, gate.Observe, gate.Error, gate.ReplacesSiteCheck, gate.Checks.Count));
    }

    [Theory]
    [InlineData("{reporting: 0%}", "reporting: '0%' must be from 1% to 100%")]
    [InlineData("{checks: [{name: a, query: up}]}", "query: needs a bound: atMost, atLeast, or both")]
    [InlineData("{checks: [{name: a, query: 'up{$site}', atMost: 1}]}", "query: '$site' is no placeholder; known here: $sites, $observe")]
    [InlineData("{checks: [{name: a, canary: speed}]}", "canary: 'speed' must be one of latency, camera, restarts, faces")]
    [InlineData("{checks: [{name: a}]}", "name: 'a' must have either a query with a bound, or canary: latency, camera, restarts, faces")]
    [InlineData("{checks: [{name: a, canary: camera, query: up, atMost: 1}]}", "name: 'a' must have either a query with a bound, or canary: latency, camera, restarts, faces")]
    [InlineData("{checks: [{name: a, query: up, atMost: 1}, {name: a, query: up, atMost: 2}]}", "checks: 'a' is named twice")]
    [InlineData("{checks: [{name: a, canary: latency}]}", "checks: name a query, too: waves too small for a comparison rest on it")]
    [InlineData("{checks: [{name: a, query: up, atMost: many}]}", "atMost: 'many' must be a number")]
    [InlineData("{observed: 1h}", "telemetry.observed is not known; known here: checks, error, observe, replacesSiteCheck, reporting")]
    public void A_fault_is_named_with_what_is_allowed(string telemetry, string said)
    {
        var (_, faults) = RolloutFile.Parse(Encoding.UTF8.GetBytes(Head + telemetry), null);

        Assert.EndsWith(said, Assert.Single(faults).Message, StringComparison.Ordinal);
    }

    private static TelemetryGate Parse(string telemetry)
    {
        var (policies, faults) = RolloutFile.Parse(Encoding.UTF8.GetBytes(Head + telemetry), null);
        Assert.Empty(faults);
        return policies["production"].Telemetry!;
    }
}
