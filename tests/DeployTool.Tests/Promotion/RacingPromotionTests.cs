using System.Diagnostics;
using System.Globalization;
using FaceEdge.Deploy.Git;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Promotion;

/// <summary>
/// Real processes, each with a clone of its own, promoting into one remote at once. Quick in the suite; the whole of it with
/// <c>DEPLOY_TOOL_RACE_PROMOTIONS=200</c>.
/// </summary>
public sealed class RacingPromotionTests
{
    private const int Processes = 8;

    /// <summary>Of a promotion alone; eight at once on a small machine take longer, so that some are killed at every stage and some land.</summary>
    private const double LongestLife = 2.0 * Processes;

    private static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("DEPLOY_TOOL_RACE_PROMOTIONS"), CultureInfo.InvariantCulture, out var promotions)
            ? promotions / Processes
            : 2;

    [Fact]
    public async Task Racing_promotions_all_land_or_exit_3_and_none_is_lost()
    {
        using var sites = await CreateAsync();
        var landed = await RaceAsync(sites, (_, process) => process.WaitForExitAsync());

        Assert.All(landed, promotion => Assert.Contains(promotion.Status, new[] { 0, 3 }));
        var recorded = await RecordedAsync(sites);
        Assert.Equal(landed.Where(promotion => promotion.Status == 0).Select(promotion => promotion.Image).Order(), recorded.Order());
        TestContext.Current.SendDiagnosticMessage($"{landed.Count} promotions, {recorded.Count} landed, {landed.Count(promotion => promotion.Status == 3)} exited 3");
        await AssertWholeAsync(sites);
    }

    [Fact]
    public async Task Racing_promotions_killed_at_any_point_leave_remote_and_files_whole()
    {
        using var sites = await CreateAsync();
        var random = new Random(20261123);
        var usual = await UsualTimeAsync(sites);
        var promotions = await RaceAsync(sites, async (_, process) =>
        {
            TimeSpan life;
            lock (random)
            {
                life = usual * (random.NextDouble() * LongestLife);
            }

            using var timeout = new CancellationTokenSource(life);
            try
            {
                await process.WaitForExitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
        });

        // A killed process may have pushed before it died, so that the remote may hold more than what was reported, never less.
        var recorded = await RecordedAsync(sites);
        Assert.Empty(promotions.Where(promotion => promotion.Status == 0).Select(promotion => promotion.Image).Except(recorded));
        Assert.Empty(recorded.Except([.. promotions.Select(promotion => promotion.Image), Pinned("0.2.0", 'f')]));
        Assert.Equal(recorded.Count, recorded.Distinct().Count());
        TestContext.Current.SendDiagnosticMessage(
            $"{promotions.Count} promotions, {recorded.Count} landed, {promotions.Count(promotion => promotion.Status is not (0 or 3))} killed");
        await AssertWholeAsync(sites);
    }

    private static async Task<List<(string Image, int Status)>> RaceAsync(SitesRepository sites, Func<int, Process, Task> live)
    {
        var workers = Enumerable.Range(0, Processes).Select(async worker =>
        {
            var clone = await sites.CloneAsync($"racer-{worker}");
            var promotions = new List<(string, int)>();
            for (var round = 0; round < Rounds; round++)
            {
                var number = (worker * 1000) + round;
                var image = $"{Image}:{number}.0.0@sha256:{number.ToString("x64", CultureInfo.InvariantCulture)}";
                using var process = Start(clone, image);
                await live(worker, process);
                promotions.Add((image, process.ExitCode));
            }

            return promotions;
        });
        return [.. (await Task.WhenAll(workers)).SelectMany(promotions => promotions)];
    }

    /// <summary>How long one promotion takes that nobody races with.</summary>
    private static async Task<TimeSpan> UsualTimeAsync(SitesRepository sites)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Start(await sites.CloneAsync("alone"), Pinned("0.2.0", 'f'));
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return Stopwatch.GetElapsedTime(started);
    }

    private static Process Start(string clone, string image)
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "deploy-tool.dll");
        var process = Process.Start(new ProcessStartInfo(
            "dotnet", [tool, "promote", "--to", "qa", "--image", image, "--skip-image-check", "-q", "-o", "json", "-C", clone])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>The images of the remote's promotions, oldest first.</summary>
    private static async Task<List<string>> RecordedAsync(SitesRepository sites)
    {
        var git = new GitProcess(sites.Remote);
        await git.RunAsync(CancellationToken.None, "fsck", "--strict", "--no-dangling");
        var history = await Deploy.Promotion.PromotionHistory.ReadAsync(git, "main", CancellationToken.None);
        return [.. history.Records.Reverse().Select(record => record.Image.ToString())];
    }

    /// <summary>Each commit changed the image scalar alone, and each clone's file is a whole version of it.</summary>
    private static async Task AssertWholeAsync(SitesRepository sites)
    {
        var git = new GitProcess(sites.Remote);
        var commits = (await git.RunAsync(CancellationToken.None, "rev-list", "--reverse", "main")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var versions = new HashSet<string>();
        foreach (var commit in commits)
        {
            versions.Add(await git.RunAsync(CancellationToken.None, "show", $"{commit}:sites/qa/face-detector.yaml"));
        }

        var template = sites.Read("sites/qa/face-detector.yaml").Split('\n');
        Assert.All(versions, version => Assert.Single(version.Split('\n').Zip(template), (pair) => pair.First != pair.Second || pair.First.Contains("image:", StringComparison.Ordinal)));
        foreach (var clone in Directory.GetDirectories(sites.Folder, "racer-*"))
        {
            Assert.Contains(await File.ReadAllTextAsync(Path.Combine(clone, "sites/qa/face-detector.yaml")), versions);
        }
    }
}
