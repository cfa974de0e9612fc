using System.Globalization;
using FaceEdge.Contracts;

namespace FaceEdge.Evaluation;

/// <summary>Says no when a model finds faces worse than its baseline.</summary>
internal static class AccuracyGate
{
    public static AccuracyVerdict Judge(EvaluationReport report, AccuracyBaseline baseline)
    {
        if (baseline.Find(report) is not { } entry)
        {
            return new AccuracyVerdict(
                AccuracyDecision.Undecided,
                $"The baseline has no figures for {report.Model} at input side {report.InputSide} on these labels; add them with --update.",
                new Dictionary<string, double>());
        }

        var changes = new Dictionary<string, double>();
        var falls = new List<string>();
        foreach (var size in report.Sizes)
        {
            if (!entry.AveragePrecision.TryGetValue(size.Size, out var before))
            {
                continue;
            }

            var change = size.AveragePrecision - before;
            changes[size.Size] = change;
            if (change < -baseline.AllowedFall)
            {
                falls.Add(string.Create(CultureInfo.InvariantCulture, $"{size.Size}: {before:F4} to {size.AveragePrecision:F4}"));
            }
        }

        return falls.Count == 0
            ? new AccuracyVerdict(AccuracyDecision.Passed, string.Create(CultureInfo.InvariantCulture, $"No average precision fell by more than {baseline.AllowedFall:0.####}."), changes)
            : new AccuracyVerdict(AccuracyDecision.Failed, string.Create(CultureInfo.InvariantCulture, $"Average precision fell by more than {baseline.AllowedFall:0.####}: {string.Join("; ", falls)}."), changes);
    }
}
