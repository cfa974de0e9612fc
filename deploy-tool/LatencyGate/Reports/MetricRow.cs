using System.Globalization;
using FaceEdge.Deploy.LatencyGate.Decision;
using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.LatencyGate.Reports;

/// <summary>One line of a report's table, as text.</summary>
public sealed record MetricRow(
    string Benchmark, string Metric, string Base, string Head, string Ratio, string Interval, string Control, string Verdict)
{
    public IReadOnlyList<string> Cells => [Benchmark, Metric, Base, Head, Ratio, Interval, Control, Verdict];

    public static IEnumerable<MetricRow> Of(LatencyReport report) => report.Benchmarks.SelectMany(Of);

    public static IEnumerable<MetricRow> Of(BenchmarkResult benchmark)
    {
        foreach (var metric in benchmark.Metrics)
        {
            yield return new(
                benchmark.Name,
                metric.Metric switch { Decision.Metric.Cpu => "median CPU", Decision.Metric.Median => "median", _ => "p95" },
                Milliseconds(metric.BaseNanoseconds),
                Milliseconds(metric.HeadNanoseconds),
                Number(metric.Ratio),
                string.Create(CultureInfo.InvariantCulture, $"{metric.Low:0.000} to {metric.High:0.000} at {100 * metric.Confidence:0}%"),
                metric.ControlRatio is { } control ? Number(control) : "",
                Word(metric.Verdict));
        }

        if (benchmark.Allocations is { } allocations)
        {
            yield return new(
                benchmark.Name, "allocated", $"{allocations.Base} B", $"{allocations.Head} B", "", "", "", Word(allocations.Verdict));
        }
    }

    private static string Milliseconds(double nanoseconds) => (nanoseconds / 1e6).ToString("0.000", CultureInfo.InvariantCulture);

    private static string Number(double ratio) => ratio.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Word(GateVerdict verdict) => verdict.ToString().ToLowerInvariant();
}
