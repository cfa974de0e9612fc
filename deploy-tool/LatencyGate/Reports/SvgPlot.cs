using System.Globalization;
using System.Xml.Linq;
using FaceEdge.Deploy.LatencyGate.Decision;
using FaceEdge.Deploy.LatencyGate.Evidence;

namespace FaceEdge.Deploy.LatencyGate.Reports;

/// <summary>Draws, per benchmark and metric, the ratio of every block, the estimate with its interval, and the two thresholds.</summary>
internal static class SvgPlot
{
    private const int Width = 860;
    private const int LabelWidth = 230;
    private const int RightMargin = 30;
    private const int Top = 34;
    private const int RowHeight = 34;
    private const int AxisHeight = 40;

    /// <summary>The axis holds at least these ratios, so that quiet runs look quiet, and no more than those, so that it stays legible.</summary>
    private const double LeastLow = 0.85;
    private const double LeastHigh = 1.30;
    private const double MostLow = 0.70;
    private const double MostHigh = 1.60;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static XDocument Render(LatencyReport report)
    {
        var rows = report.Benchmarks.SelectMany(benchmark => benchmark.Metrics, (benchmark, metric) => (benchmark.Name, Metric: metric)).ToList();
        if (rows.Count == 0)
        {
            return Sentence(report);
        }

        var axis = Axis.Over(rows.SelectMany(row => new[] { row.Metric.Low, row.Metric.High, row.Metric.ControlRatio ?? 1 }));
        var height = Top + (rows.Count * RowHeight) + AxisHeight;
        return new XDocument(new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Width} {height}"),
            new XAttribute("font-family", "system-ui, sans-serif"),
            new XAttribute("font-size", 12),
            Box(0, 0, Width, height, "#ffffff"),
            Text(Width / 2, 20, $"latency, head / base: {report.Verdict.ToString().ToLowerInvariant()}", "middle", "#222222"),
            Ticks(axis, height),
            rows.Select((row, index) => Row(axis, row.Name, row.Metric, report.Rules.Of(row.Metric.Metric), Top + (index * RowHeight)))));
    }

    /// <summary>In place of an axis with nothing on it: why there is nothing.</summary>
    private static XDocument Sentence(LatencyReport report)
    {
        const int Height = Top + AxisHeight;
        return new XDocument(new XElement(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Width} {Height}"),
            new XAttribute("font-family", "system-ui, sans-serif"),
            new XAttribute("font-size", 12),
            Box(0, 0, Width, Height, "#ffffff"),
            Text(Width / 2, 20, $"latency, head / base: {report.Verdict.ToString().ToLowerInvariant()}", "middle", "#222222"),
            Text(Width / 2, Top + 16, report.Summary, "middle", "#555555")));
    }

    private static IEnumerable<XElement> Ticks(Axis axis, int height)
    {
        var bottom = height - AxisHeight;
        for (var tick = Math.Ceiling(axis.Low * 20) / 20; tick <= axis.High; tick += 0.05)
        {
            var isOne = Math.Abs(tick - 1) < 1e-9;
            yield return Line(axis.X(tick), Top, axis.X(tick), bottom, isOne ? "#555555" : "#e4e4e4");
            yield return Text(axis.X(tick), bottom + 16, tick.ToString("0.00", CultureInfo.InvariantCulture), "middle", "#555555");
        }

        yield return Text(LabelWidth, height - 6, "dots: blocks · bar: interval · ring: control (base / base) · dashed: margin and limit", "start", "#777777");
    }

    private static IEnumerable<XElement> Row(Axis axis, string benchmark, MetricResult metric, Threshold threshold, int top)
    {
        var middle = top + (RowHeight / 2);
        var colour = metric.Verdict switch { GateVerdict.Pass => "#1a7f37", GateVerdict.Fail => "#cf222e", _ => "#9a6700" };
        yield return Text(LabelWidth - 12, middle + 4, $"{benchmark} {metric.Metric.ToString().ToLowerInvariant()}", "end", "#222222");
        foreach (var share in new[] { threshold.Margin, threshold.Limit })
        {
            var line = Line(axis.X(1 + share), top + 3, axis.X(1 + share), top + RowHeight - 3, "#888888");
            line.Add(new XAttribute("stroke-dasharray", "3 3"));
            yield return line;
        }

        foreach (var ratio in metric.BlockRatios)
        {
            yield return Dot(axis.X(ratio), middle + 8, 2, "#8c959f", "none");
        }

        if (metric.ControlRatio is { } control)
        {
            yield return Dot(axis.X(control), middle + 8, 4, "none", "#0969da");
        }

        yield return Box(axis.X(metric.Low), middle - 5, Math.Max(1, axis.X(metric.High) - axis.X(metric.Low)), 4, colour);
        yield return Dot(axis.X(metric.Ratio), middle - 3, 5, colour, "none");
    }

    private static XElement Line(double x1, double y1, double x2, double y2, string stroke) => new(
        Svg + "line", At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2), new XAttribute("stroke", stroke));

    private static XElement Box(double x, double y, double width, double height, string fill) => new(
        Svg + "rect", At("x", x), At("y", y), At("width", width), At("height", height), new XAttribute("fill", fill));

    private static XElement Dot(double x, double y, double radius, string fill, string stroke) => new(
        Svg + "circle", At("cx", x), At("cy", y), At("r", radius), new XAttribute("fill", fill), new XAttribute("stroke", stroke));

    private static XElement Text(double x, double y, string text, string anchor, string fill) => new(
        Svg + "text", At("x", x), At("y", y), new XAttribute("text-anchor", anchor), new XAttribute("fill", fill), text);

    private static XAttribute At(string name, double value) => new(name, value.ToString("0.##", CultureInfo.InvariantCulture));

    private readonly record struct Axis(double Low, double High)
    {
        public static Axis Over(IEnumerable<double> values)
        {
            double[] all = [LeastLow, LeastHigh, .. values];
            return new(Math.Max(MostLow, all.Min() - 0.01), Math.Min(MostHigh, all.Max() + 0.01));
        }

        /// <summary>What lies outside is drawn at the edge.</summary>
        public double X(double ratio) =>
            LabelWidth + ((Math.Clamp(ratio, Low, High) - Low) / (High - Low) * (Width - LabelWidth - RightMargin));
    }
}
