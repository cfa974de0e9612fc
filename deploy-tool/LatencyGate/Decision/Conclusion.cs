using System.Globalization;
using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.LatencyGate.Decision;

/// <summary>From the metrics' verdicts to one, with the reasons in words.</summary>
internal static class Conclusion
{
    /// <summary>
    /// The steadiest metric of a benchmark must be decided: processor time, or the median where that was not measured. What else cannot
    /// be decided does not hold up a release: on a busy machine it hardly ever can be.
    /// </summary>
    public static GateDecision Draw(
        List<BenchmarkResult> benchmarks, GateRules rules, List<string> notes, int blocks, MachineDescription machine)
    {
        var failures = new List<string>();
        var doubts = new List<string>();
        foreach (var benchmark in benchmarks)
        {
            if (benchmark.Allocations is { Verdict: GateVerdict.Fail } allocations)
            {
                failures.Add(string.Create(
                    CultureInfo.InvariantCulture, $"{benchmark.Name} allocates {allocations.Head} B an operation, base {allocations.Base} B"));
            }

            foreach (var metric in benchmark.Metrics)
            {
                if (metric.Verdict == GateVerdict.Fail)
                {
                    failures.Add(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{benchmark.Name} {metric.Metric} is {metric.Ratio:0.000} x base ({metric.Low:0.000} to {metric.High:0.000}), beyond the margin of {1 + rules.Of(metric.Metric).Margin:0.00}"));
                }
                else if (metric.Verdict == GateVerdict.Inconclusive)
                {
                    (metric == Steadiest(benchmark) ? doubts : notes).Add(Doubt(benchmark.Name, metric, rules));
                }
            }
        }

        return failures.Count > 0 ? new(GateVerdict.Fail, failures, [.. doubts, .. notes], blocks, machine, benchmarks)
            : doubts.Count > 0 ? new(GateVerdict.Inconclusive, doubts, notes, blocks, machine, benchmarks)
            : new(GateVerdict.Pass, [Passed(benchmarks, rules)], notes, blocks, machine, benchmarks);
    }

    private static string Doubt(string benchmark, MetricResult metric, GateRules rules)
    {
        var threshold = rules.Of(metric.Metric);
        return metric.Obstacle is { } obstacle
            ? $"machine too noisy to judge {benchmark} {metric.Metric}: {obstacle}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{benchmark} {metric.Metric} is {metric.Ratio:0.000} x base ({metric.Low:0.000} to {metric.High:0.000}): neither shown above {1 + threshold.Margin:0.00} nor below {1 + threshold.Limit:0.00}");
    }

    private static MetricResult Steadiest(BenchmarkResult benchmark) => benchmark.Metrics[0];

    private static string Passed(List<BenchmarkResult> benchmarks, GateRules rules)
    {
        var worst = benchmarks.Select(benchmark => (benchmark.Name, Metric: Steadiest(benchmark))).MaxBy(one => one.Metric.Ratio);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"no median is slower by {100 * rules.Median.Limit:0.#}% or more; the slowest against base is {worst.Name} {worst.Metric.Metric} at {worst.Metric.Ratio:0.000} x ({worst.Metric.Low:0.000} to {worst.Metric.High:0.000})");
    }
}

/// <summary>The latency gate's decision with everything it rests on.</summary>
/// <param name="Verdict">Fail if anything failed, else inconclusive if anything that must be shown was not, else pass.</param>
/// <param name="Reasons">What decided, one line each; never empty.</param>
/// <param name="Notes">What the reader should know besides.</param>
/// <param name="Blocks">How many blocks were measured.</param>
/// <param name="Machine">Where; null when the blocks do not agree.</param>
/// <param name="Benchmarks">By benchmark, in order of name.</param>
public sealed record GateDecision(
    GateVerdict Verdict,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<string> Notes,
    int Blocks,
    MachineDescription? Machine,
    IReadOnlyList<BenchmarkResult> Benchmarks);
