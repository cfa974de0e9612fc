using System.Globalization;
using System.Text;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Sites;
using FaceEdge.Deploy.Tests.Prometheus;
using FaceEdge.Deploy.Tests.Promotion;
using FaceEdge.TestFleet;

namespace FaceEdge.Deploy.Tests.Telemetry;

/// <summary>
/// A production of thousands of sites with the files of a real one, in a fresh clone, and a Prometheus that holds what they sent: an hour of what says
/// what runs, six minutes of the rest, one scrape each half minute. The first of them never sent anything.
/// </summary>
internal sealed class ThousandsOfSites : IAsyncDisposable
{
    public const string Environment = "production";

    private const int ScrapeSeconds = 30;
    private static readonly TimeSpan RestartWindow = TimeSpan.FromHours(1);

    /// <summary>The five minutes that figures are about, and two scrapes.</summary>
    private static readonly TimeSpan FigureWindow = TimeSpan.FromMinutes(6);

    /// <summary>Upper bounds of the service's latency histogram, in seconds.</summary>
    private static readonly double[] Buckets = [0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.024];

    private readonly SitesRepository _repository;

    private ThousandsOfSites(SitesRepository repository, string clone, PrometheusProcess prometheus)
    {
        _repository = repository;
        Clone = clone;
        Prometheus = prometheus;
    }

    public string Clone { get; }

    public string Folder => _repository.Folder;

    public PrometheusProcess Prometheus { get; }

    /// <param name="count">Sites.</param>
    /// <param name="silent">Of these, how many never sent anything.</param>
    /// <param name="step">Gets what is done next.</param>
    public static async Task<ThousandsOfSites> CreateAsync(int count, int silent, Action<string> step)
    {
        Assert.Null(DetectorManifest.TryParse(Encoding.UTF8.GetBytes(Fleet.Manifest(Environment)), out var manifest));
        var names = Enumerable.Range(0, count).Select(i => i.ToString("'site-'0000", CultureInfo.InvariantCulture)).ToList();
        var repository = await SitesRepository.CreateAsync();
        step("fast-import");
        var import = await new GitProcess(repository.Remote).RunAsync(
            ["fast-import", "--quiet"], stream => ImportAsync(stream, names), CancellationToken.None);
        Assert.True(import.Succeeded, import.Error);
        step("clone");
        var clone = await repository.CloneAsync("fresh");
        step("series, and a Prometheus of them");
        var end = DateTimeOffset.UtcNow.ToUnixTimeSeconds() / ScrapeSeconds * ScrapeSeconds;
        var prometheus = await PrometheusProcess.HoldingAsync(text => WriteSeries(text, names[silent..], manifest.Image!, end));
        return new ThousandsOfSites(repository, clone, prometheus);
    }

    public async ValueTask DisposeAsync()
    {
        await Prometheus.DisposeAsync();
        _repository.Dispose();
    }

    /// <summary>One commit in the format of git-fast-import.</summary>
    private static async Task ImportAsync(Stream stream, IReadOnlyList<string> names)
    {
        var files = Fleet.Files().Where(file => file.Path.StartsWith($"{Environment}/", StringComparison.Ordinal)).ToList();
        await using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        await text.WriteAsync(
            $"""
            commit refs/heads/main
            committer Operator <operator@example.com> {DateTimeOffset.UtcNow.ToUnixTimeSeconds()} +0000
            data 18
            Thousands of sites
            from refs/heads/main^0
            D sites/{Environment}

            """);
        foreach (var name in names)
        {
            foreach (var file in files)
            {
                var content = file.Text.Replace(Environment, name, StringComparison.Ordinal);
                await text.WriteAsync($"M 100644 inline sites/{Environment}/{name}/{Path.GetFileName(file.Path)}\ndata {Encoding.UTF8.GetByteCount(content)}\n{content}\n");
            }
        }
    }

    private static void WriteSeries(TextWriter text, IReadOnlyList<string> names, string image, long end)
    {
        var sites = names.Select((name, number) => (Labels: $"environment=\"{Environment}\",site=\"{name}\"", Latency: 0.005 * (1 + (number % 5)))).ToList();
        Family("faceedge_build_info", "gauge", RestartWindow, (site, _) => Line("", $"{site.Labels},image=\"{image}\",version=\"1.0.0\"", 1));
        Family("faceedge_start_time_seconds", "gauge", RestartWindow, (site, _) => Line("", site.Labels, end - 90_000));
        Family("faceedge_camera_live", "gauge", FigureWindow, (site, _) => Line("", Camera(site), 1));
        Family("faceedge_faces_found", "counter", FigureWindow, (site, at) => Line("_total", Camera(site), (at - end + 9000) * 0.5));
        Family("faceedge_stage_seconds", "histogram", FigureWindow, (site, at) =>
        {
            var (frames, stage) = ((at - end + 9000) * 15, $"{Camera(site)},stage=\"total\"");
            var buckets = Buckets.Select(bound => Line("_bucket", string.Create(CultureInfo.InvariantCulture, $"{stage},le=\"{bound}\""), bound < site.Latency ? 0 : frames));
            return string.Concat(buckets) + Line("_bucket", $"{stage},le=\"+Inf\"", frames) + Line("_sum", stage, frames * site.Latency) + Line("_count", stage, frames);
        });
        text.Write("# EOF\n");

        // Each line lacks its metric before it and its time behind it.
        void Family(string name, string type, TimeSpan length, Func<(string Labels, double Latency), long, string> lines)
        {
            text.Write($"# TYPE {name} {type}\n");
            foreach (var site in sites)
            {
                for (var at = end - (long)length.TotalSeconds; at <= end; at += ScrapeSeconds)
                {
                    foreach (var line in lines(site, at).AsSpan().TrimEnd('\n').EnumerateLines())
                    {
                        text.Write(name);
                        text.Write(line);
                        text.Write(' ');
                        text.Write(at);
                        text.Write('\n');
                    }
                }
            }
        }

        static string Camera((string Labels, double Latency) site) => $"{site.Labels},camera=\"main\"";

        static string Line(string suffix, string labels, double value) => string.Create(CultureInfo.InvariantCulture, $"{suffix}{{{labels}}} {value}\n");
    }
}
