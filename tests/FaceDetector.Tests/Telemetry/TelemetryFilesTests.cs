using System.Text.Json;
using System.Text.RegularExpressions;

namespace FaceEdge.Tests.Telemetry;

/// <summary>The rules and dashboards of telemetry/, against Prometheus's own tool and against what a service shows.</summary>
public sealed partial class TelemetryFilesTests
{
    /// <summary>What Prometheus makes itself, and what `deploy-tool status --metrics` writes.</summary>
    private static readonly string[] NotOfTheService = ["up", "ALERTS", "faceedge_wanted_image_info"];

    [Fact(Timeout = 600_000)]
    public async Task Rules_do_what_their_tests_say()
    {
        Promtool.SkipIfAbsent();

        var (exitCode, output) = await Promtool.RunAsync("", "test", "rules", Path.Combine(Promtool.Folder, "rules", "alerts.test.yaml"));

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void Every_alert_has_a_test_in_which_it_is_raised_and_one_in_which_it_is_not()
    {
        var test = File.ReadAllText(Path.Combine(Promtool.Folder, "rules", "alerts.test.yaml"));

        Assert.All(TelemetryQueries.Alerts, alert => Assert.Matches($@"alertname: {alert}\n +exp_alerts:\n", test));
    }

    [Fact(Timeout = 600_000)]
    public async Task Prometheus_reads_every_query()
    {
        Promtool.SkipIfAbsent();
        var file = Path.GetTempFileName();
        var rules = TelemetryQueries.All.Select((one, i) => $"{{record: 'q:{i}', expr: {JsonSerializer.Serialize(one.Query)}}}");
        await File.WriteAllTextAsync(file, $"groups: [{{name: queries, rules: [{string.Join(", ", rules)}]}}]\n", TestContext.Current.CancellationToken);

        var (exitCode, output) = await Promtool.RunAsync("", "check", "rules", file);
        File.Delete(file);

        Assert.True(exitCode == 0, output);
        Assert.True(TelemetryQueries.All.Count > 50, "queries are read in a way that finds few");
    }

    [Fact]
    public void Every_recorded_series_is_used() =>
        Assert.Empty(TelemetryQueries.Recorded.Except(TelemetryQueries.All.SelectMany(one => TelemetryQueries.Metrics(one.Query)), StringComparer.Ordinal));

    [Fact(Timeout = 600_000)]
    public async Task Every_metric_that_a_query_names_is_one_that_exists()
    {
        var shown = Sample().Matches(await MetricsTests.WatchedServiceAsync()).Select(match => match.Groups[1].Value);
        var known = shown.Concat(TelemetryQueries.Recorded).Concat(NotOfTheService).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(TelemetryQueries.All.SelectMany(one => TelemetryQueries.Metrics(one.Query).Where(name => !known.Contains(name)).Select(name => $"{one.Place}: {name}")));
    }

    [Theory]
    [InlineData("sum by (a, b) (rate(x_total{c=\"d\"}[5m])) / on (a) group_left () y:z > 0.5 and bool_info", "bool_info x_total y:z")]
    [InlineData("count(up == 0) or vector(0)", "up")]
    [InlineData("time() - max(a offset 6h) * 86400 unless on (b) c", "a c")]
    public void The_metrics_of_a_query_are_told_from_its_other_words(string query, string metrics) =>
        Assert.Equal(metrics, string.Join(' ', TelemetryQueries.Metrics(query).Order(StringComparer.Ordinal)));

    [GeneratedRegex(@"^([a-z]\w+)(?:\{[^}]*\})? ", RegexOptions.Multiline)]
    private static partial Regex Sample();
}
