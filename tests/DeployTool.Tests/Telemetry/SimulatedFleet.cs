using System.Net;
using System.Text;
using FaceEdge.Contracts;
using FaceEdge.Deploy.Git;

namespace FaceEdge.Deploy.Tests.Telemetry;

/// <summary>
/// The sites of one environment behind one exporter. Each pulls what Git wants for it, as a site's host does, and shows what it runs. <c>/metrics</c> has all of
/// them with their labels, as a centre that scrapes has them; <c>/sites/NAME</c> has one without, as its agent scrapes it.
/// </summary>
internal sealed class SimulatedFleet : IAsyncDisposable
{
    private static readonly TimeSpan PullInterval = TimeSpan.FromMilliseconds(300);

    private readonly HttpListener _listener = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, ReleaseBehaviour> _behaviours = new(StringComparer.Ordinal);
    private readonly string _environment;
    private readonly string _remote;
    private readonly Task _serving;
    private readonly Task _pulling;

    /// <param name="remote">The bare repository that the sites pull.</param>
    /// <param name="environment">Their environment.</param>
    /// <param name="names">Their names.</param>
    /// <param name="image">What all run at first.</param>
    /// <param name="seed">Of hosts, entrances and noise.</param>
    public SimulatedFleet(string remote, string environment, IEnumerable<string> names, string image, int seed = 20261126)
    {
        (_remote, _environment) = (remote, environment);
        Sites = names.Select((name, number) => new SimulatedSite(name, seed + number, image, DateTimeOffset.UtcNow)).ToDictionary(site => site.Name, StringComparer.Ordinal);
        Address = $"127.0.0.1:{FreePort.Take()}";
        _listener.Prefixes.Add($"http://{Address}/");
        _listener.Start();
        _serving = ServeAsync();
        _pulling = PullAsync();
    }

    public string Address { get; }

    public IReadOnlyDictionary<string, SimulatedSite> Sites { get; }

    /// <summary>A centre's configuration that scrapes all sites.</summary>
    public string ScrapeConfiguration(TimeSpan interval) =>
        $$"""
        global: {scrape_interval: {{interval.TotalMilliseconds}}ms, scrape_timeout: {{interval.TotalMilliseconds}}ms}
        scrape_configs:
        - job_name: sites
          honor_labels: true
          static_configs: [{targets: ['{{Address}}']}]
        """ + "\n";

    /// <summary>An agent's configuration that scrapes one site and writes to a centre.</summary>
    public string AgentConfiguration(string site, string centre, TimeSpan interval, string? address = null, string? path = null) =>
        $$"""
        global:
          scrape_interval: {{interval.TotalMilliseconds}}ms
          scrape_timeout: {{interval.TotalMilliseconds}}ms
          external_labels: {environment: {{_environment}}, site: {{site}}}
        scrape_configs:
        - job_name: face-detector
          metrics_path: {{path ?? $"/sites/{site}"}}
          static_configs: [{targets: ['{{address ?? Address}}']}]
        remote_write:
        - url: {{centre}}/api/v1/write
          metadata_config: {send: false}
          queue_config: {max_shards: 1, batch_send_deadline: 1s, max_backoff: 1s}
        """ + "\n";

    /// <summary>Says what an image does.</summary>
    public void Behave(string image, ReleaseBehaviour behaviour)
    {
        lock (_behaviours)
        {
            _behaviours[image] = behaviour;
        }
    }

    public int Running(string image) => Sites.Values.Count(site => site.Image == image);

    public int EverRan(string image) => Sites.Values.Count(site => site.Ran.Contains(image));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Abort();
        await _serving;
        await _pulling;
        _stop.Dispose();
    }

    private ReleaseBehaviour BehaviourOf(string image)
    {
        lock (_behaviours)
        {
            return _behaviours.GetValueOrDefault(image, ReleaseBehaviour.Good);
        }
    }

    private async Task PullAsync()
    {
        var git = new GitProcess(_remote);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                // main:sites/production/NAME/face-detector.yaml:                image: "…"
                var wanted = await git.TryAsync(_stop.Token, "grep", "-e", "image: \"", "main", "--", $"sites/{_environment}");
                foreach (var line in wanted.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    var path = line.Split(':', 3)[1].Split('/');
                    if (Sites.TryGetValue(path[2], out var site))
                    {
                        site.Want(line.Split('"')[1], DateTimeOffset.UtcNow);
                    }
                }

                await Task.Delay(PullInterval, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                var text = new StringBuilder();
                if (context.Request.Url!.Segments is [_, "sites/", var name] && Sites.TryGetValue(name, out var one))
                {
                    one.Write(text, "host=\"simulated\"", DateTimeOffset.UtcNow, BehaviourOf);
                    context.Response.StatusCode = one.IsConnected ? 200 : 503;
                }
                else
                {
                    foreach (var site in Sites.Values.Where(site => site.IsConnected))
                    {
                        site.Write(text, $"environment=\"{_environment}\",site=\"{site.Name}\"", DateTimeOffset.UtcNow, BehaviourOf);
                    }
                }

                context.Response.ContentType = "text/plain; version=0.0.4";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()));
                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The scraper has gone, or the test is over.
            }
        }
    }
}
