using System.Globalization;
using System.Text;

namespace FaceEdge.Deploy.Tests.FleetView;

/// <summary>Series of sites as OpenMetrics text with times of its own, from which promtool makes blocks.</summary>
internal sealed class SeriesText(DateTimeOffset from, TimeSpan step)
{
    private static readonly double[] Buckets = [0.008, 0.016, 0.032, 0.064];

    private readonly SortedDictionary<string, StringBuilder> _families = new(StringComparer.Ordinal);

    /// <summary>Adds what a site reports until a moment: from the beginning, or from when another image came.</summary>
    public SeriesText Site(
        string environment,
        string site,
        string image,
        DateTimeOffset to,
        double latency = 0.010,
        double live = 1,
        double facesPerMinute = 30,
        DateTimeOffset? since = null,
        TimeSpan? life = null)
    {
        var labels = $"environment=\"{environment}\",site=\"{site}\"";
        var began = since ?? from;
        for (var at = began; at <= to; at += step)
        {
            var started = life is { } length ? began + (Math.Floor((at - began) / length) * length) : began;
            var seconds = (at - began).TotalSeconds;
            var frames = seconds * 15;
            Gauge("faceedge_build_info", $"{labels},image=\"{image}\",version=\"1.0.0\"", 1, at);
            Gauge("faceedge_start_time_seconds", labels, started.ToUnixTimeSeconds(), at);
            Gauge("faceedge_camera_live", $"{labels},camera=\"main\"", live, at);
            Counter("faceedge_faces_found", $"{labels},camera=\"main\"", seconds / 60 * facesPerMinute, at);
            var stage = $"{labels},camera=\"main\",stage=\"total\"";
            foreach (var bound in Buckets)
            {
                Add("faceedge_stage_seconds", "histogram", $"faceedge_stage_seconds_bucket{{{stage},le=\"{Text(bound)}\"}}", bound >= latency ? frames : 0, at);
            }

            Add("faceedge_stage_seconds", "histogram", $"faceedge_stage_seconds_bucket{{{stage},le=\"+Inf\"}}", frames, at);
            Add("faceedge_stage_seconds", "histogram", $"faceedge_stage_seconds_sum{{{stage}}}", frames * latency, at);
            Add("faceedge_stage_seconds", "histogram", $"faceedge_stage_seconds_count{{{stage}}}", frames, at);
        }

        return this;
    }

    public override string ToString() => string.Concat(_families.Values) + "# EOF\n";

    private void Gauge(string name, string labels, double value, DateTimeOffset at) => Add(name, "gauge", $"{name}{{{labels}}}", value, at);

    private void Counter(string name, string labels, double value, DateTimeOffset at) => Add(name, "counter", $"{name}_total{{{labels}}}", value, at);

    private void Add(string family, string type, string series, double value, DateTimeOffset at)
    {
        if (!_families.TryGetValue(family, out var text))
        {
            _families[family] = text = new StringBuilder($"# TYPE {family} {type}\n");
        }

        text.Append(series).Append(' ').Append(Text(value)).Append(' ').Append(at.ToUnixTimeSeconds()).Append('\n');
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
