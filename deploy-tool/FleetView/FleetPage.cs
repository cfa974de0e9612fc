using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.FleetView;

/// <summary>Writes a report as one HTML page that needs nothing beside it: the environments first, then the sites, worst first, with a filter.</summary>
internal sealed class FleetPage
{
    /// <summary>Of a digest: enough to tell two of a fleet's images apart.</summary>
    private const int ShortDigest = 12;

    /// <summary>Against the middle site of the environment, from which a latency is marked.</summary>
    private const double SlowRatio = 1.5;

    private static readonly SiteState[] States = Enum.GetValues<SiteState>();

    private readonly StringBuilder _html = new();
    private readonly FleetReport _report;

    private FleetPage(FleetReport report) => _report = report;

    public static string Write(FleetReport report)
    {
        var page = new FleetPage(report);
        page.Head();
        page.Environments();
        page.Filter();
        page.Sites();
        page.Foot();
        return page._html.ToString();
    }

    private void Head()
    {
        var (style, script) = (Resource("page.css"), Resource("page.js"));
        Line($"<!DOCTYPE html>");
        Line($"<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");

        // What stands in the page comes from sites: should any of it be taken for a script, the browser does not run it.
        Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{Hash(style)}'; style-src-attr 'unsafe-inline'; script-src '{Hash(script)}'\">");
        Line($"<title>FaceEdge fleet, {_report.AsOf.UtcDateTime:yyyy-MM-dd HH:mm} UTC</title>");
        _html.Append("<style>").Append(style).Append("</style></head><body>\n");
        Line($"<h1>FaceEdge fleet</h1>");
        Line($"<p class=\"muted\">As of {_report.AsOf.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC · commit {_report.Commit[..ShortDigest]} · {Escape(_report.Prometheus)}</p>");
    }

    private void Environments()
    {
        Line($"<div class=\"environments\">");
        foreach (var environment in _report.Environments)
        {
            Line($"<section class=\"environment\"><h2><span>{Escape(environment.Name)}</span><span class=\"muted\">{Sites(environment.Sites)}</span></h2>");
            var counts = States.Select(state => (State: Name(state), Count: Count(environment, state))).Where(one => one.Count > 0).ToList();
            Line($"<div class=\"bar\">{string.Concat(counts.Select(one => $"<span class=\"{one.State}\" style=\"flex:{one.Count}\"></span>"))}</div>");
            Line($"<ul class=\"counts\">{string.Concat(counts.Select(one => $"<li class=\"{one.State}\">{one.Count} {one.State}</li>"))}</ul>");
            Trend(environment);
            Line($"</section>");
        }

        Line($"</div>");
        if (_report.UnknownSites.Count > 0)
        {
            Line($"<p class=\"muted\">Reporting, and not in Git: {Escape(string.Join(", ", _report.UnknownSites))}</p>");
        }
    }

    /// <summary>A line of how many sites reported over the day before.</summary>
    private void Trend(EnvironmentReport environment)
    {
        const int Height = 20;
        var points = environment.Reporting.Select((count, step) =>
            string.Create(CultureInfo.InvariantCulture, $"{step},{Height - (Height * Math.Min(1.0, (double)count / environment.Sites)):0.##}"));
        Line($"<figure><svg class=\"trend\" role=\"img\" aria-label=\"Sites that reported, over the day before\" viewBox=\"0 -1 {environment.Reporting.Count - 1} {Height + 2}\" preserveAspectRatio=\"none\">");
        Line($"<polyline points=\"{string.Join(' ', points)}\"/></svg>");
        Line($"<figcaption class=\"muted\">sites that reported, over the day before</figcaption></figure>");
    }

    private void Filter()
    {
        Line($"<form hidden><input type=\"search\" name=\"text\" placeholder=\"Site, environment, image\" aria-label=\"Filter sites by words\">");
        foreach (var state in States.Where(state => _report.Sites.Any(site => site.State == state)).Select(Name))
        {
            Line($"<label class=\"chip {state}\"><input type=\"checkbox\" value=\"{state}\">{state}</label>");
        }

        Line($"<output class=\"muted\" id=\"shown\">{Sites(_report.Sites.Count)}</output></form>");
    }

    private void Sites()
    {
        Line($"<table><thead><tr><th>state</th><th>site</th><th>runs</th><th>is to run</th><th>last seen</th><th class=\"figure\">cameras live</th>");
        Line($"<th class=\"figure\">p95</th><th class=\"figure\">against others</th><th class=\"figure\">faces a minute</th><th class=\"figure\">restarts</th></tr></thead><tbody>");
        foreach (var site in _report.Sites)
        {
            Row(site);
        }

        Line($"</tbody></table>");
    }

    private void Row(SiteReport site)
    {
        var state = Name(site.State);
        Line($"<tr class=\"{state}\"><td class=\"state\">{state}</td><td>{Escape(site.Environment)}/<b>{Escape(site.Site)}</b></td>");
        Line($"<td>{Image(site.Running)}</td>");
        Line($"<td>{(site.State == SiteState.Current ? "the same" : Image(site.Wanted))}</td>");
        Line($"<td>{Age(site.LastSeen)}</td>");
        Figure(site.CameraLive, "0%", site.CameraLive < 1);
        Figure(site.LatencyP95Milliseconds, "0.# ms", false);
        Figure(site.LatencyRatio, "× 0.00", site.LatencyRatio >= SlowRatio);
        Figure(site.FacesPerMinute, "0.#", false);
        Figure(site.Restarts, "0", site.Restarts > 0);
        Line($"</tr>");
    }

    private void Figure(double? value, string format, bool isBad) =>
        Line($"<td class=\"figure{(isBad ? " bad" : "")}\">{value?.ToString(format, CultureInfo.InvariantCulture) ?? "–"}</td>");

    private void Foot() => _html.Append("<script>").Append(Resource("page.js")).Append("</script></body></html>\n");

    private string Age(DateTimeOffset? at) => at is { } seen
        ? $"<time datetime=\"{seen.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\" title=\"{seen.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC\">{DurationFormat.Text(_report.AsOf - seen)} before</time>"
        : "never";

    /// <summary>Tag and digest: the repository is the same for all.</summary>
    private static string Image(string? text) => ImageReference.TryParse(text, out var image) && image.Digest is { } digest
        ? $"{Escape(image.Tag ?? "")} <code title=\"{Escape(digest)}\">{digest["sha256:".Length..][..ShortDigest]}</code>"
        : Escape(text ?? "nothing known");

    private static int Count(EnvironmentReport environment, SiteState state) => state switch
    {
        SiteState.Wrong => environment.Wrong,
        SiteState.Silent => environment.Silent,
        SiteState.Behind => environment.Behind,
        SiteState.Updating => environment.Updating,
        _ => environment.Current,
    };

    private static string Sites(int count) => count == 1 ? "1 site" : string.Create(CultureInfo.InvariantCulture, $"{count} sites");

    private static string Name(SiteState state) => state.ToString().ToLowerInvariant();

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private static string Resource(string name)
    {
        using var stream = typeof(FleetPage).Assembly.GetManifestResourceStream($"FaceEdge.Deploy.FleetView.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private void Line(FormattableString html) => _html.Append(FormattableString.Invariant(html)).Append('\n');
}
