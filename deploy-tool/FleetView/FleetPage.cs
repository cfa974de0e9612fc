using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using FaceEdge.Contracts;
using FaceEdge.Deploy.Gates;
using FaceEdge.Deploy.Oci;

namespace FaceEdge.Deploy.FleetView;

/// <summary>Writes a report as one HTML page that needs nothing beside it: the environments first, then the sites, worst first, with a filter.</summary>
internal sealed class FleetPage
{
    /// <summary>Of a digest: enough to tell two of a fleet's images apart.</summary>
    private const int ShortDigest = 12;

    /// <summary>Images that an environment's summary names.</summary>
    private const int MaxImages = 3;

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
        var current = _report.Sites.Count(site => site.State == SiteState.Current);
        Line(current == _report.Sites.Count
            ? (FormattableString)$"<h1>{(current == 1 ? "The site runs" : string.Create(CultureInfo.InvariantCulture, $"All {current:N0} sites run"))} what Git wants</h1>"
            : $"<h1><b class=\"{Name(_report.Sites[0].State)}\">{current:N0}</b> of {_report.Sites.Count:N0} sites run what Git wants</h1>");
        Line($"<p class=\"muted asof\">FaceEdge fleet as of {_report.AsOf.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC · commit <code>{_report.Commit[..ShortDigest]}</code> · {Escape(_report.Prometheus)}</p>");
        foreach (var pause in _report.Pauses)
        {
            Line($"<p class=\"paused\"><b>Paused.</b> {Escape(pause.Text)}. <code>{Escape(pause.Resume)}</code> ends it.</p>");
        }
    }

    private void Environments()
    {
        Line($"<div class=\"environments\">");
        foreach (var environment in _report.Environments)
        {
            Line($"<section class=\"environment\"><h2>{Escape(environment.Name)}<span class=\"muted\">{Quantity.Of(environment.Sites, "site")}</span></h2>");
            var counts = States.Select(state => (State: Name(state), Count: Count(environment, state))).Where(one => one.Count > 0).ToList();
            Line($"<div class=\"bar\">{string.Concat(counts.Select(one => $"<span class=\"{one.State}\" style=\"flex:{one.Count}\"></span>"))}</div>");
            Line($"<ul class=\"counts\">{string.Concat(counts.Select(one => string.Create(CultureInfo.InvariantCulture, $"<li class=\"{one.State}\">{one.Count:N0} {one.State}</li>")))}</ul>");
            Line($"<p class=\"runs\">{Running(environment.Name)}</p>");
            Trend(environment);
            Line($"</section>");
        }

        Line($"</div>");
        if (_report.UnknownSites.Count > 0)
        {
            Line($"<p class=\"muted\">Reporting, and not in Git: {Escape(string.Join(", ", _report.UnknownSites))}</p>");
        }
    }

    /// <summary>What most sites of an environment run, by tags; by digests too where one tag names several.</summary>
    private string Running(string environment)
    {
        var images = _report.Sites.Where(site => site.Environment == environment && site.Running is not null)
            .CountBy(site => site.Running!, StringComparer.Ordinal)
            .OrderByDescending(image => image.Value)
            .ThenBy(image => image.Key, StringComparer.Ordinal)
            .Select(image => (Tag: ImageReference.TryParse(image.Key, out var reference) && reference.IsPinned ? reference.Tag : null, Image: image.Key, Sites: image.Value))
            .ToList();
        var shown = images.Take(MaxImages).Select(one => string.Create(
            CultureInfo.InvariantCulture,
            $"{(one.Tag is { } tag && images.Count(other => other.Tag == tag) == 1 ? Escape(tag) : Image(one.Image))} on {one.Sites:N0}"));
        var others = images.Skip(MaxImages).Sum(one => one.Sites);
        return string.Join(" · ", others == 0 ? shown : shown.Append(string.Create(CultureInfo.InvariantCulture, $"others on {others:N0}")));
    }

    /// <summary>A line of how many sites reported over the day before.</summary>
    private void Trend(EnvironmentReport environment)
    {
        const int Height = 20;
        var counts = environment.Reporting;
        var points = string.Join(' ', counts.Select((count, step) =>
            string.Create(CultureInfo.InvariantCulture, $"{step},{Height - (Height * Math.Min(1.0, (double)count / environment.Sites)):0.##}")));
        Line($"<figure><svg class=\"trend\" role=\"img\" aria-label=\"Sites that reported, over the day before\" viewBox=\"0 -1 {counts.Count - 1} {Height + 2}\" preserveAspectRatio=\"none\">");
        Line($"<path d=\"M0,{Height + 1} L{points} L{counts.Count - 1},{Height + 1} Z\"/><polyline points=\"{points}\"/></svg>");
        Line($"<figcaption>Reported over the day before: {counts[^1]:N0} now, at least {counts.Min():N0}</figcaption></figure>");
    }

    private void Filter()
    {
        Line($"<form hidden><input type=\"search\" name=\"text\" placeholder=\"Site or image\" aria-label=\"Filter sites by words\"><div class=\"chips\">");
        foreach (var state in _report.Sites.CountBy(site => site.State).OrderBy(state => state.Key))
        {
            Line($"<label class=\"chip {Name(state.Key)}\"><input type=\"checkbox\" value=\"{Name(state.Key)}\">{state.Value:N0} {Name(state.Key)}</label>");
        }

        Line($"</div><output class=\"muted\" id=\"shown\"></output></form>");
    }

    private void Sites()
    {
        Line($"<table><thead><tr><th>state</th><th>site</th><th>runs</th><th>is to run</th><th>last seen</th><th class=\"figure\">cameras live</th>");
        Line($"<th class=\"figure\">p95</th><th class=\"figure\">× others</th><th class=\"figure\">faces/min</th><th class=\"figure\">restarts</th></tr></thead><tbody>");
        foreach (var site in _report.Sites)
        {
            Row(site);
        }

        Line($"</tbody></table><p class=\"muted\" id=\"none\" hidden>No site fits the filter.</p>");
    }

    private void Row(SiteReport site)
    {
        var state = Name(site.State);
        Line($"<tr class=\"{state}\"><td class=\"state\">{state}</td><td class=\"site\">{Escape(site.Environment)}/<b>{Escape(site.Site)}</b></td>");
        Line($"<td class=\"image\">{Image(site.Running)}</td>");
        Line($"<td class=\"image\">{(site.State == SiteState.Current ? "the same" : Image(site.Wanted))}</td>");
        Line($"<td class=\"seen\">{Age(site.LastSeen)}</td>");
        Figure(site.CameraLive, "0%", site.CameraLive < 1);
        Figure(site.LatencyP95Milliseconds, "0.# ms", false);
        Figure(site.LatencyRatio, "× 0.00", site.LatencyRatio >= SlowRatio);
        Figure(site.FacesPerMinute, "0.#", false);
        Figure(site.Restarts, "0", site.Restarts > 0);
        Line($"</tr>");
    }

    private void Figure(double? value, string format, bool isBad) =>
        Line($"<td class=\"figure{(isBad ? " bad" : "")}\">{value?.ToString(format, CultureInfo.InvariantCulture)}</td>");

    private void Foot() => _html.Append("<script>").Append(Resource("page.js")).Append("</script></body></html>\n");

    private string Age(DateTimeOffset? at) => at is { } seen
        ? $"<time datetime=\"{seen.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\" title=\"{seen.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC\">{DurationFormat.Text(_report.AsOf - seen)} ago</time>"
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
