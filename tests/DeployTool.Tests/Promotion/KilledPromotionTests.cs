using System.Collections.Concurrent;
using System.Diagnostics;
using FaceEdge.Deploy.Git;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Promotion;

/// <summary>Promotions killed with every process of theirs, at drawn moments and at each point that they pass.</summary>
public sealed class KilledPromotionTests
{
    /// <summary>Moments are drawn from a little more than the usual time, so that some promotions end before theirs.</summary>
    private const double LongestLife = 1.2;

    private readonly Random _random = new(20261123);
    private readonly ConcurrentBag<TimeSpan> _lives = [];

    [Fact]
    public async Task Racing_promotions_killed_at_any_point_leave_remote_and_clones_whole()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "hooks are shell scripts");
        using var sites = await CreateAsync();
        using var hooks = new KillHooks(sites);
        await using var daemon = await GitDaemon.StartAsync(sites.Folder);
        var points = new ConcurrentQueue<KillPoint>(Enumerable.Repeat(Enum.GetValues<KillPoint>().Append(KillPoint.Moment), 100).SelectMany(all => all));
        var promotions = await PromotionRace.RunAsync(sites, async (racer, image) =>
        {
            hooks.Install(racer);
            await new GitProcess(racer.Folder).RunAsync(CancellationToken.None, "config", "remote.origin.url", $"{daemon.Url}/remote.git");
            points.TryDequeue(out var point);
            return await PromoteAsync(racer, image, point, hooks);
        });

        // A killed process may have pushed before it died, so that the remote may hold more than what was reported, never less.
        var recorded = await PromotionRace.RecordedAsync(sites);
        Report(promotions, recorded);
        Assert.All(promotions.Where(promotion => !promotion.Killed), promotion => Assert.True(promotion.Status is 0 or 3, promotion.Error));
        Assert.Empty(promotions.Where(promotion => promotion is { Killed: false, Status: 0 }).Select(promotion => promotion.Image).Except(recorded));
        Assert.Empty(recorded.Except(promotions.Select(promotion => promotion.Image)));
        Assert.Equal(recorded.Count, recorded.Distinct().Count());
        Assert.All(promotions.Where(promotion => promotion.At is >= KillPoint.PushDone), promotion => Assert.Contains(promotion.Image, recorded));
        Assert.All(promotions.Where(promotion => promotion is { Killed: true, Asked: KillPoint.Drafted }), promotion => Assert.DoesNotContain(promotion.Image, recorded));
        await PromotionRace.AssertWholeAsync(sites);
        await AssertClonesGoOnAsync(sites);
    }

    private async Task<KilledPromotion> PromoteAsync(Racer racer, string image, KillPoint point, KillHooks hooks)
    {
        var tag = image[(Image.Length + 1)..image.IndexOf('@', StringComparison.Ordinal)];
        hooks.Hold(tag, point);
        using var stop = new CancellationTokenSource();
        var reached = point switch
        {
            KillPoint.Never => Task.Delay(Timeout.Infinite, stop.Token),
            KillPoint.Moment => Task.Delay(Moment(), stop.Token),
            _ => hooks.WaitAsync(racer, tag, point, stop.Token),
        };
        var started = Stopwatch.GetTimestamp();
        using var process = PromotionRace.Start(racer.Folder, image, new Dictionary<string, string> { [KillHooks.TagVariable] = tag });
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExitAsync();
        var killed = await Task.WhenAny(reached, ended) == reached && reached.IsCompletedSuccessfully && !process.HasExited;
        if (killed)
        {
            process.Kill(entireProcessTree: true);
        }

        await ended;
        await output;
        await stop.CancelAsync();
        hooks.Release(tag);
        if (!killed)
        {
            _lives.Add(Stopwatch.GetElapsedTime(started));
        }

        return new KilledPromotion(image, killed, process.ExitCode, point, hooks.Furthest(racer, tag), await error);
    }

    private TimeSpan Moment()
    {
        var usual = _lives.Order().ElementAtOrDefault(_lives.Count / 2);
        lock (_random)
        {
            return (usual == default ? TimeSpan.FromSeconds(PromotionRace.Processes) : usual) * (_random.NextDouble() * LongestLife);
        }
    }

    /// <summary>After all that, each clone promotes once more, and is clean.</summary>
    private static async Task AssertClonesGoOnAsync(SitesRepository sites)
    {
        foreach (var (number, clone) in Directory.GetDirectories(sites.Folder, "racer-*").Order().Index())
        {
            var tag = $"9.9.{number}";
            using var process = PromotionRace.Start(
                clone, Pinned(tag, (char)('0' + number)), new Dictionary<string, string> { [KillHooks.TagVariable] = tag });
            var output = process.StandardOutput.ReadToEndAsync();
            var error = await process.StandardError.ReadToEndAsync();
            await output;
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"{clone}: {error}");
            var git = new GitProcess(clone);
            Assert.Equal("", await git.RunAsync(CancellationToken.None, "status", "--porcelain"));
            await git.RunAsync(CancellationToken.None, "fsck", "--strict", "--no-dangling");
            Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(clone, ".git"), "deploy-tool-*"));
        }
    }

    private static void Report(List<KilledPromotion> promotions, List<string> recorded)
    {
        var output = TestContext.Current.TestOutputHelper;
        output?.WriteLine(
            $"{promotions.Count} promotions, {recorded.Count} landed, {promotions.Count(one => one.Killed)} killed, {promotions.Count(one => one is { Killed: false, Status: 3 })} exited 3");
        foreach (var group in promotions.Where(one => one.Killed).GroupBy(one => (one.Asked, one.At)).OrderBy(group => group.Key))
        {
            output?.WriteLine(
                $"killed at {group.Key.Asked}, last passed {(group.Key.At == KillPoint.Never ? "nothing" : group.Key.At)}: {group.Count()}, of which on the remote {group.Count(one => recorded.Contains(one.Image))}");
        }
    }

    /// <summary>What became of one promotion.</summary>
    /// <param name="Image">What was promoted.</param>
    /// <param name="Killed">Whether it was killed.</param>
    /// <param name="Status">Its exit code.</param>
    /// <param name="Asked">When it was to be killed.</param>
    /// <param name="At">The last point that it passed.</param>
    /// <param name="Error">What it said on standard error.</param>
    private sealed record KilledPromotion(string Image, bool Killed, int Status, KillPoint Asked, KillPoint At, string Error);
}
