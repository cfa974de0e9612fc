using System.Globalization;
using System.Xml.Linq;
using FaceEdge.Deploy.LatencyGate.Decision;
using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.LatencyGate.Reports;

/// <summary>The report for a pipeline's test tab: a test per benchmark and metric; what is inconclusive counts as skipped.</summary>
internal static class JUnitReport
{
    public static XDocument Render(LatencyReport report)
    {
        var cases = report.Benchmarks.Count > 0
            ? report.Benchmarks.SelectMany(Cases).ToList()
            : [Case("gate", "latency", report.Verdict, report.Summary, 0)];
        return new XDocument(new XElement(
            "testsuites",
            new XElement(
                "testsuite",
                new XAttribute("name", "latency gate"),
                new XAttribute("tests", cases.Count),
                new XAttribute("failures", cases.Count(test => test.Element("failure") is not null)),
                new XAttribute("skipped", cases.Count(test => test.Element("skipped") is not null)),
                new XAttribute("timestamp", report.MeasuredAt.UtcDateTime.ToString("s", CultureInfo.InvariantCulture)),
                cases)));
    }

    private static IEnumerable<XElement> Cases(BenchmarkResult benchmark)
    {
        foreach (var metric in benchmark.Metrics)
        {
            var what = string.Create(CultureInfo.InvariantCulture, $"{metric.Ratio:0.000} x base ({metric.Low:0.000} to {metric.High:0.000})");
            yield return Case(benchmark.Name, metric.Metric.ToString().ToLowerInvariant(), metric.Verdict, what, metric.HeadNanoseconds);
        }

        if (benchmark.Allocations is { } allocations)
        {
            yield return Case(benchmark.Name, "allocated", allocations.Verdict, $"{allocations.Head} B an operation, base {allocations.Base} B", 0);
        }
    }

    private static XElement Case(string benchmark, string metric, GateVerdict verdict, string message, double nanoseconds) => new(
        "testcase",
        new XAttribute("classname", $"latency.{benchmark}"),
        new XAttribute("name", metric),
        new XAttribute("time", (nanoseconds / 1e9).ToString("0.000000", CultureInfo.InvariantCulture)),
        verdict switch
        {
            GateVerdict.Fail => new XElement("failure", new XAttribute("message", message)),
            GateVerdict.Inconclusive => new XElement("skipped", new XAttribute("message", message)),
            _ => new XElement("system-out", message),
        });
}
