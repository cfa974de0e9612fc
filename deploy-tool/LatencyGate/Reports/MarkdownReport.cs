using System.Globalization;
using System.Text;
using FaceEdge.Contracts;
using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.LatencyGate.Reports;

/// <summary>The report as a page for a pipeline's summary tab.</summary>
internal static class MarkdownReport
{
    public static string Render(LatencyReport report)
    {
        var page = new StringBuilder();
        Line(page, $"# Latency gate: {report.Verdict.ToString().ToLowerInvariant()}");
        Line(page);
        foreach (var reason in report.Reasons)
        {
            Line(page, $"- {Escape(reason)}");
        }

        Line(page);
        Line(page, $"Head {Escape(Name(report.Subject))} against base {Escape(report.Base)}.");
        if (report.Benchmarks.Count > 0)
        {
            Line(page);
            Line(page, "| benchmark | metric | base ms | head ms | ratio | interval | control | verdict |");
            Line(page, "| --- | --- | ---: | ---: | ---: | --- | ---: | --- |");
            foreach (var row in MetricRow.Of(report))
            {
                Line(page, $"| {string.Join(" | ", row.Cells.Select(Escape))} |");
            }

            Line(page);
            Line(page, $"![Ratios of each block]({ReportFolder.Plot})");
        }

        if (report.Notes.Count > 0)
        {
            Line(page);
            foreach (var note in report.Notes)
            {
                Line(page, $"- note: {Escape(note)}");
            }
        }

        Line(page);
        Line(page, Method(report));
        return page.ToString();
    }

    private static string Method(LatencyReport report)
    {
        var rules = report.Rules;
        var where = report.Machine is null ? "" : $" on {Escape(report.Machine)}";
        var seed = report.Seed is { } value ? string.Create(CultureInfo.InvariantCulture, $", seed {value}") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Quantity.Of(report.Blocks, "block")} of fresh processes{where}{seed}; {report.MeasuredAt:u}. A median, of processor time or of time, fails when shown above {1 + rules.Median.Margin:0.00} x base and passes when shown below {1 + rules.Median.Limit:0.00} x (exact one-sided sign-flip tests, alpha {rules.Alpha}, Holm over benchmarks); p95 likewise at {1 + rules.P95.Margin:0.00} and {1 + rules.P95.Limit:0.00}. The ratio is Hodges-Lehmann's; control is base against base.");
    }

    private static string Name(GateSubject subject) => subject.Commit ?? subject.Image ?? "";

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static void Line(StringBuilder page, string text = "") => page.Append(text).Append('\n');
}
