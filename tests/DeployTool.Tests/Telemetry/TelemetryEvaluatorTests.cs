using FaceEdge.Deploy.LatencyGate.Evidence;
using FaceEdge.Deploy.Oci;
using FaceEdge.Deploy.Prometheus;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Telemetry;

namespace FaceEdge.Deploy.Tests.Telemetry;

/// <summary>The verdict on releases of every kind, from series that a real Prometheus holds.</summary>
public sealed class TelemetryEvaluatorTests(JudgedSites sites) : IClassFixture<JudgedSites>
{
    private static readonly QueryCheck Bound = new("share live", "avg(avg_over_time(faceedge_camera_live{$sites}[$observe]))", null, -1);

    [Theory]
    [InlineData("good", "Pass", "4 of 4 sites have reported it for 10 min; share live 1; latency × 1.00 of 20 others (p 1); camera +0 of 20 others (p 1); restarts +0 of 20 others (p 1); faces × 1.00 of 20 others (p 1)")]
    [InlineData("slow", "Fail", "4 of 4 sites have reported it for 10 min; latency × 1.25 of 20 others (p 0.0004)")]
    [InlineData("hardly-slower", "Pass", null)]
    [InlineData("dark", "Fail", "4 of 4 sites have reported it for 10 min; camera -1 of 20 others (p 0.0004)")]
    [InlineData("blind", "Fail", "4 of 4 sites have reported it for 10 min; faces × 0.00 of 20 others (p 0.0004)")]
    [InlineData("crashing", "Fail", "4 of 4 sites have reported it for 10 min; restarts +5 of 20 others (p 0.0004)")]
    [InlineData("late", "Inconclusive", "2 of 4 sites have reported it for 10 min, 4 needed")]
    [InlineData("cut-off", "Inconclusive", "3 of 4 sites report it, 4 needed; not updated-0")]
    public async Task A_release_is_judged_by_what_its_sites_show(string environment, string verdict, string? said)
    {
        var answer = await EvaluateAsync(environment, Gate());

        Assert.Equal(verdict, answer.Verdict.ToString());
        Assert.Equal(said ?? answer.Summary, answer.Summary);
    }

    [Fact]
    public async Task Too_few_sites_for_a_comparison_rest_on_the_named_checks()
    {
        var context = ContextOf("slow") with { Updated = ["updated-0"] };

        var rests = await EvaluateAsync(context, Gate());
        var bound = await EvaluateAsync(context, Gate(new QueryCheck("latency", "1000 * max(rate(faceedge_stage_seconds_sum{$sites}[$observe]) / rate(faceedge_stage_seconds_count{$sites}[$observe]))", 6, null)));

        Assert.Equal(GateVerdict.Pass, rests.Verdict);
        Assert.Contains("latency not compared: 1 against 20 sites are too few", rests.Summary);
        Assert.Equal((GateVerdict.Fail, "1 of 1 sites have reported it for 10 min; latency is 6.25, at most 6 is allowed"), (bound.Verdict, bound.Summary));
    }

    [Fact]
    public async Task A_check_without_a_value_leaves_it_undecided()
    {
        var answer = await EvaluateAsync("good", Gate(new QueryCheck("heat", "max(temperature_celsius{$sites})", 90, null)));

        Assert.Equal((GateVerdict.Inconclusive, "4 of 4 sites have reported it for 10 min; heat has no value"), (answer.Verdict, answer.Summary));
    }

    [Fact]
    public async Task Fewer_sites_suffice_where_the_policy_says_so()
    {
        var answer = await EvaluateAsync("cut-off", Gate() with { ReportingPercent = 75 });

        Assert.Equal(GateVerdict.Pass, answer.Verdict);
    }

    [Fact]
    public async Task A_site_beyond_its_bound_is_named()
    {
        var answer = await EvaluateAsync("dark", Gate(new QueryCheck("live", "min by (site) (faceedge_camera_live{$sites})", null, 1)) with { Checks = [new QueryCheck("live", "min by (site) (faceedge_camera_live{$sites})", null, 1)] });

        Assert.StartsWith("4 of 4 sites have reported it for 10 min; live is 0 at updated-", answer.Summary, StringComparison.Ordinal);
    }

    private static TelemetryGate Gate(QueryCheck? check = null) => new(
        95,
        TimeSpan.FromMinutes(10),
        0.01,
        [
            check ?? Bound,
            new CanaryCheck("latency", CanaryMeasure.Latency, 0.10),
            new CanaryCheck("camera", CanaryMeasure.Camera, 0.05),
            new CanaryCheck("restarts", CanaryMeasure.Restarts, 1),
            new CanaryCheck("faces", CanaryMeasure.Faces, 0.30),
        ],
        false);

    private TelemetryContext ContextOf(string environment) => new(
        environment,
        ImageReference.Parse(JudgedSites.New).Digest!,
        JudgedSites.Updated,
        JudgedSites.Others,
        sites.Given - TimeSpan.FromSeconds(30),
        sites.Given + TimeSpan.FromMinutes(30),
        TimeSpan.FromMinutes(10));

    private Task<TelemetryVerdict> EvaluateAsync(string environment, TelemetryGate gate) => EvaluateAsync(ContextOf(environment), gate);

    private async Task<TelemetryVerdict> EvaluateAsync(TelemetryContext context, TelemetryGate gate)
    {
        using var client = new PrometheusClient(PrometheusServer.Create(sites.Url, null), TimeProvider.System);
        return await new TelemetryEvaluator(new TelemetryReader(client)).EvaluateAsync(gate, context, TestContext.Current.CancellationToken);
    }
}
