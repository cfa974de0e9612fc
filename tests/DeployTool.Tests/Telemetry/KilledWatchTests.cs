using System.Diagnostics;
using FaceEdge.Deploy.Git;
using FaceEdge.Deploy.Tests.Prometheus;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Telemetry;

/// <summary>A watch killed again and again goes on where Git says it is.</summary>
public sealed class KilledWatchTests
{
    private const int Count = 20;
    private static readonly string Release = Pinned("1.0.0", 'a');

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, "Find 1.0.0 good in production\nRoll 1.0.0 out to production, wave 3 of 3\nRoll 1.0.0 out to production, wave 2 of 3\nRoll 1.0.0 out to production, wave 1 of 3\n")]
    [InlineData(true, "Roll production back to 0.1.0\nRoll 1.0.0 out to production, wave 1 of 3\n")]
    public async Task A_watch_that_is_killed_at_any_point_resumes_and_does_nothing_twice(bool isBlind, string subjects)
    {
        PrometheusProcess.SkipUnlessInstalled();
        await using var fleet = await WatchedFleet.CreateAsync(Count, observe: "2s");
        fleet.Sites.Behave(Release, new ReleaseBehaviour(IsBlind: isBlind));
        await fleet.OfferAsync(Release);
        var random = new Random(20261126);
        var (kills, status) = (0, -1);
        while (status < 0)
        {
            using var watch = Start(fleet);
            var output = watch.StandardOutput.ReadToEndAsync(Cancellation);
            var error = watch.StandardError.ReadToEndAsync(Cancellation);
            var ended = watch.WaitForExitAsync(Cancellation);

            // From before it has read Git to a few looks later; longer with each kill, so that it ends.
            var life = TimeSpan.FromSeconds(0.3 + (random.NextDouble() * (1 + kills)));
            if (await Task.WhenAny(ended, Task.Delay(life, Cancellation)) != ended)
            {
                watch.Kill(entireProcessTree: true);
                kills++;
            }

            await ended;
            await output;
            status = watch.ExitCode is 0 or 1 ? watch.ExitCode : -1;
            Assert.True(status >= 0 || watch.ExitCode == 137, await error);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"killed {kills} times");
        Assert.Equal(isBlind ? 1 : 0, status);
        var log = await new GitProcess(fleet.Repository.Remote).RunAsync(Cancellation, "log", "--format=%s", "--grep=production", "main");
        Assert.Equal(subjects, log);
        Assert.Equal(isBlind ? 0 : Count, await fleet.GivenAsync(Release));
        Assert.Equal("", await fleet.Repository.GitAsync("status", "--porcelain"));
    }

    private static Process Start(WatchedFleet fleet) => Process.Start(new ProcessStartInfo(
        "dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "deploy-tool.dll"), "rollout", "--env", "production", "--watch", "--undecided-after", "30m", "--skip-image-check", "--prometheus", fleet.Prometheus.Url,
            "-C", fleet.Repository.Clone,
        ])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
