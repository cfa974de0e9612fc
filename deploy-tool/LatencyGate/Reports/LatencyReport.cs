using FaceEdge.Deploy.LatencyGate.Decision;
using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.LatencyGate.Reports;

/// <summary>The latency gate's report: evidence, and everything it rests on.</summary>
/// <param name="Subject">The candidate.</param>
/// <param name="Verdict">What the gate says.</param>
/// <param name="Summary">The first reason.</param>
/// <param name="Numbers">Ratios to base by benchmark and metric.</param>
/// <param name="MeasuredAt">When the gate decided.</param>
/// <param name="Machine">Where it was measured; null when nothing was.</param>
/// <param name="Base">What the candidate was compared with, for a person.</param>
/// <param name="Reasons">What decided.</param>
/// <param name="Notes">What the reader should know besides.</param>
/// <param name="Blocks">How many blocks were measured.</param>
/// <param name="Seed">Repeats the order of the processes; null for imported results.</param>
/// <param name="Rules">What was decided by.</param>
/// <param name="Benchmarks">By benchmark; empty when nothing was compared.</param>
public sealed record LatencyReport(
    GateSubject Subject,
    GateVerdict Verdict,
    string Summary,
    IReadOnlyDictionary<string, double> Numbers,
    DateTimeOffset MeasuredAt,
    string? Machine,
    string Base,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<string> Notes,
    int Blocks,
    int? Seed,
    GateRules Rules,
    IReadOnlyList<BenchmarkResult> Benchmarks)
    : GateEvidence(GateKind.Latency, Subject, Verdict, Summary, Numbers, MeasuredAt, Machine)
{
    public static LatencyReport Of(
        GateDecision decision, GateSubject subject, string @base, GateRules rules, int? seed, DateTimeOffset measuredAt) => new(
            subject,
            decision.Verdict,
            decision.Reasons[0],
            NumbersOf(decision),
            measuredAt,
            decision.Machine?.ToString(),
            @base,
            decision.Reasons,
            decision.Notes,
            decision.Blocks,
            seed,
            rules,
            decision.Benchmarks);

    /// <summary>A pass without a measurement: nothing that is measured differs from base.</summary>
    public static LatencyReport NothingToGate(GateSubject subject, string @base, string why, GateRules rules, DateTimeOffset at) => new(
        subject, GateVerdict.Pass, why, new Dictionary<string, double>(), at, null, @base, [why], [], 0, null, rules, []);

    private static Dictionary<string, double> NumbersOf(GateDecision decision)
    {
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal) { ["blocks"] = decision.Blocks };
        foreach (var benchmark in decision.Benchmarks)
        {
            foreach (var metric in benchmark.Metrics)
            {
                numbers[$"{benchmark.Name} {metric.Metric.ToString().ToLowerInvariant()} ratio"] = Math.Round(metric.Ratio, 4);
            }
        }

        return numbers;
    }
}
