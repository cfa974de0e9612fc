using System.Globalization;
using FaceEdge.Deploy.Prometheus;
using FaceEdge.Deploy.Tests.Commands;
using FaceEdge.Deploy.Tests.Prometheus;
using FaceEdge.Deploy.Tests.Promotion;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Telemetry;

/// <summary>A production of many simulated sites, a Prometheus that sees them, and a policy that watches rollouts in seconds.</summary>
internal sealed class WatchedFleet : IAsyncDisposable
{
    public const string Environment = "production";
    public const string Observe = "3s";

    private static readonly TimeSpan ScrapeInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>An observation, and the first scrapes.</summary>
    private static readonly TimeSpan AnObservation = TimeSpan.FromSeconds(5);

    private WatchedFleet(SitesRepository repository, SimulatedFleet sites, PrometheusProcess prometheus)
    {
        Repository = repository;
        Sites = sites;
        Prometheus = prometheus;
    }

    public SitesRepository Repository { get; }

    public SimulatedFleet Sites { get; }

    public PrometheusProcess Prometheus { get; private set; }

    public static string First { get; } = Pinned("0.1.0", '0');

    public static async Task<WatchedFleet> CreateAsync(int count, int canaries = 4, string observe = Observe, bool isScraped = true)
    {
        var repository = await SitesRepository.CreateAsync();
        File.Delete(Path.Combine(repository.Clone, "sites/production/face-detector.yaml"));
        var names = Enumerable.Range(0, count).Select(i => i.ToString("'site-'00", CultureInfo.InvariantCulture)).ToList();
        foreach (var (number, name) in names.Index())
        {
            repository.Write($"sites/production/{name}/face-detector.yaml", Manifest(First, number < canaries ? ", ring: canary" : ""));
        }

        repository.Write("sites/rollout.yaml", Rollout(observe));
        repository.Write("sites/environments.yaml", repository.Read("sites/environments.yaml") + $"telemetry: {{silentAfter: {(isScraped ? "5s" : "12s")}, updateWithin: 3m}}\n");
        await repository.CommitAsync("Add the fleet");
        await repository.GitAsync("push", "--quiet");
        var sites = new SimulatedFleet(repository.Remote, Environment, names, First);
        var prometheus = await PrometheusProcess.CentreAsync(isScraped ? sites.ScrapeConfiguration(ScrapeInterval) : "global: {}\n");
        return new WatchedFleet(repository, sites, prometheus);
    }

    /// <summary>Brings an image to uat, from where production takes it, once the sites have a past to be compared with.</summary>
    public async Task OfferAsync(string image, TimeSpan? past = null)
    {
        using var client = new PrometheusClient(PrometheusServer.Create(Prometheus.Url, null), TimeProvider.System);
        while (await client.QueryAsync("count(faceedge_build_info)", DateTimeOffset.UtcNow - (past ?? AnObservation), CancellationToken.None) is not [{ } count] || count.Value < Sites.Sites.Count)
        {
            await Task.Delay(200);
        }

        Assert.Equal(0, (await Repository.PromoteAsync("qa", image)).Status);
        Assert.Equal(0, (await Repository.PromoteAsync("uat", null)).Status);
    }

    public Task<Invocation> WatchAsync(params string[] more) => WatchInAsync(Repository.Clone, more);

    public Task<Invocation> WatchInAsync(string clone, params string[] more) =>
        Invocation.RunInAsync(clone, ["rollout", "--env", Environment, "--watch", "--skip-image-check", "--prometheus", Prometheus.Url, "-o", "json", .. Patient(more)]);

    /// <summary>On a busy machine sites report late: where a test does not want a watch to give up, it does not.</summary>
    private static string[] Patient(string[] more) => more.Contains("--undecided-after", StringComparer.Ordinal) ? more : ["--undecided-after", "30m", .. more];

    /// <summary>Sites that Git gave an image.</summary>
    public async Task<int> GivenAsync(string image) =>
        (await new FaceEdge.Deploy.Git.GitProcess(Repository.Remote).TryAsync(CancellationToken.None, "grep", "-l", "--fixed-strings", image, "main", "--", "sites/production"))
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    public async ValueTask DisposeAsync()
    {
        await Sites.DisposeAsync();
        await Prometheus.DisposeAsync();
        Repository.Dispose();
    }

    private static string Rollout(string observe) =>
        $$"""
        version: 1
        rollouts:
          - environment: production
            waves:
              - { name: canary, labels: [ring=canary] }
              - { name: half, percent: 50 }
              - { name: all, percent: 100 }
            telemetry:
              reporting: 95%
              observe: {{observe}}
              replacesSiteCheck: true
              checks:
                - { name: latency, canary: latency, margin: 10% }
                - { name: camera, canary: camera }
                - { name: restarts, canary: restarts }
                - { name: faces, canary: faces }
                - { name: ready, query: 'min by (site) (faceedge_ready{$sites})', atLeast: 1 }
        """ + "\n";
}
