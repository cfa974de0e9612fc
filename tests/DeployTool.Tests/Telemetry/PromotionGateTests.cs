using System.Globalization;
using FaceEdge.Deploy.Prometheus;
using FaceEdge.Deploy.Tests.Commands;
using FaceEdge.Deploy.Tests.Prometheus;
using FaceEdge.Deploy.Tests.Promotion;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Telemetry;

/// <summary><c>gates.telemetry</c> before <c>promote</c>: simulated sites of qa that a real Prometheus scrapes decide what uat gets.</summary>
public sealed class PromotionGateTests
{
    private const string Gates =
        """
        {siteCheck: {}, telemetry: {reporting: 100%, observe: 1s, replacesSiteCheck: true, checks: [
          {name: camera, query: 'min by (site) (min_over_time(faceedge_camera_live{$sites}[$observe]))', atLeast: 1}]}}
        """;

    private static readonly string First = Pinned("0.1.0", '0');
    private static readonly string Blind = Pinned("1.0.0", 'a');
    private static readonly string Good = Pinned("1.0.1", 'b');

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Uat_is_refused_what_qas_cameras_do_not_survive_waits_for_what_qa_does_not_report_yet_and_gets_what_they_show_to_be_good()
    {
        PrometheusProcess.SkipUnlessInstalled();
        using var repository = await FourSitesAsync();
        await using var sites = new SimulatedFleet(repository.Remote, "qa", Enumerable.Range(0, 4).Select(Name), First);
        sites.Behave(Blind, new ReleaseBehaviour(IsCameraDead: true));
        await using var prometheus = await PrometheusProcess.CentreAsync(sites.ScrapeConfiguration(TimeSpan.FromMilliseconds(250)));
        await UntilReportingAsync(prometheus.Url, First);

        Connect(false);
        await repository.PromoteAsync("qa", Blind);
        var unseen = await PromoteAsync();
        Connect(true);
        await UntilReportingAsync(prometheus.Url, Blind);
        var dead = await DecidedAsync(PromoteAsync);
        await repository.PromoteAsync("qa", Good);
        var good = await DecidedAsync(PromoteAsync);

        Assert.Equal(3, unseen.Status);
        Assert.Contains("0 of 4 sites report it, 4 needed", unseen.Output, StringComparison.Ordinal);
        Assert.Equal(1, dead.Status);
        Assert.Matches("4 of 4 sites have reported it for 1 s; camera is 0 at site-0[0-3], at least 1 is allowed", dead.Output);
        Assert.True(good.Status == 0, good.Output + good.Error);
        Assert.Matches(
            @"Gate-Site-Check: passed; by telemetry.*\nGate-Telemetry: passed; 4 of 4 sites have reported it for 1 s; camera keeps its bound", await repository.RemoteMessageAsync());

        void Connect(bool isConnected)
        {
            foreach (var site in sites.Sites.Values)
            {
                site.IsConnected = isConnected;
            }
        }

        Task<Invocation> PromoteAsync() => repository.PromoteAsync("uat", null, "--prometheus", prometheus.Url);
    }

    private static string Name(int number) => number.ToString("'site-'00", CultureInfo.InvariantCulture);

    private static async Task<SitesRepository> FourSitesAsync()
    {
        var repository = await CreateAsync(uat: Gates);
        File.Delete(Path.Combine(repository.Clone, "sites/qa/face-detector.yaml"));
        for (var number = 0; number < 4; number++)
        {
            repository.Write($"sites/qa/{Name(number)}/face-detector.yaml", Manifest(First));
        }

        await repository.CommitAsync("Four sites");
        await repository.GitAsync("push", "--quiet");
        return repository;
    }

    private static async Task UntilReportingAsync(string prometheus, string image)
    {
        using var client = new PrometheusClient(PrometheusServer.Create(prometheus, null), TimeProvider.System);
        while (await client.QueryAsync($"count(faceedge_build_info{{image=\"{image}\"}})", DateTimeOffset.UtcNow, Cancellation) is not [{ Value: 4 }])
        {
            await Task.Delay(100, Cancellation);
        }
    }

    /// <summary>Promotes until telemetry says yes or no.</summary>
    private static async Task<Invocation> DecidedAsync(Func<Task<Invocation>> promote)
    {
        while (true)
        {
            var run = await promote();
            if (run.Status != 3)
            {
                return run;
            }

            await Task.Delay(200, Cancellation);
        }
    }
}
