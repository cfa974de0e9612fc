using System.Globalization;
using FaceEdge.Deploy.Git;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Promotion;

/// <summary>What a run finds in its clone that another one left, or is still at.</summary>
public sealed class InterruptedRunTests
{
    private static readonly string[] Sites = ["berlin-01", "berlin-02", "berlin-03"];

    [Fact]
    public async Task A_journal_of_a_change_that_was_half_written_is_carried_out()
    {
        using var sites = await CreateAsync();
        var (from, to) = await HalfWrittenAsync(sites);

        var run = await sites.PromoteAsync("qa", Pinned("1.0.0", '1'));

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.True(await IsAncestorAsync(sites, to, "HEAD"));
        Assert.All(Sites, site => Assert.Contains(":0.2.0@", sites.Read($"sites/production/{site}/face-detector.yaml"), StringComparison.Ordinal));
        Assert.Equal("", await sites.GitAsync("status", "--porcelain"));
        Assert.False(File.Exists(Path.Combine(sites.Clone, ".git", "deploy-tool.update")));
        Assert.NotEqual(from, to);
    }

    [Fact]
    public async Task A_file_that_someone_edited_meanwhile_is_kept_and_reported()
    {
        using var sites = await CreateAsync();
        await HalfWrittenAsync(sites);
        sites.Write("sites/production/berlin-02/face-detector.yaml", "mine: true\n");

        var run = await sites.PromoteAsync("qa", Pinned("1.0.0", '1'));

        Assert.Equal(2, run.Status);
        Assert.Contains("changes that are not committed", run.Error);
        Assert.Equal("mine: true\n", sites.Read("sites/production/berlin-02/face-detector.yaml"));
    }

    [Fact]
    public async Task What_a_killed_run_left_is_cleared_away()
    {
        using var sites = await CreateAsync();
        var git = Path.Combine(sites.Clone, ".git");
        var began = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(Path.Combine(git, CloneLock.FileName), began, TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(git, CrashRecovery.ScratchPrefix + "dead", "files"));
        string[] left = [Path.Combine(git, "index.lock"), Path.Combine(git, "refs", "heads", "main.lock")];
        foreach (var path in left)
        {
            await File.WriteAllTextAsync(path, "", TestContext.Current.CancellationToken);
        }

        var run = await sites.PromoteAsync("qa", Pinned("1.0.0", '1'));

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.DoesNotContain(left, File.Exists);
        Assert.Empty(Directory.GetDirectories(git, CrashRecovery.ScratchPrefix + "*"));
        Assert.Equal("", await File.ReadAllTextAsync(Path.Combine(git, CloneLock.FileName), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_lock_that_no_killed_run_of_ours_left_is_left_alone()
    {
        using var sites = await CreateAsync();
        var theirs = Path.Combine(sites.Clone, ".git", "index.lock");
        await File.WriteAllTextAsync(theirs, "", TestContext.Current.CancellationToken);

        await sites.PromoteAsync("qa", Pinned("1.0.0", '1'));

        Assert.True(File.Exists(theirs));
    }

    [Fact]
    public async Task Two_promotions_in_one_clone_take_turns()
    {
        using var sites = await CreateAsync();
        string[] images = [Pinned("1.0.0", '1'), Pinned("2.0.0", '2')];

        var runs = await Task.WhenAll(images.Select(async image =>
        {
            using var process = PromotionRace.Start(sites.Clone, image);
            var error = process.StandardError.ReadToEndAsync();
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await error);
        }));

        Assert.All(runs, run => Assert.Equal((0, ""), run));
        Assert.Equal(images, (await PromotionRace.RecordedAsync(sites)).Order());
        Assert.Equal("", await sites.GitAsync("status", "--porcelain"));
    }

    /// <summary>A commit over three sites whose bringing forward ended after the first file: the journal stands, branch and index have not moved.</summary>
    private static async Task<(string From, string To)> HalfWrittenAsync(SitesRepository sites)
    {
        foreach (var site in Sites)
        {
            sites.Write($"sites/production/{site}/face-detector.yaml", Manifest(Pinned("0.1.0", '0')));
        }

        await sites.CommitAsync("Three sites");
        var from = (await sites.GitAsync("rev-parse", "HEAD")).Trim();
        foreach (var site in Sites)
        {
            sites.Write($"sites/production/{site}/face-detector.yaml", Manifest(Pinned("0.2.0", '9')));
        }

        await sites.CommitAsync("A wave");
        var to = (await sites.GitAsync("rev-parse", "HEAD")).Trim();
        await sites.GitAsync("push", "--quiet");
        await sites.GitAsync("reset", "--quiet", "--hard", from);
        sites.Write($"sites/production/{Sites[0]}/face-detector.yaml", Manifest(Pinned("0.2.0", '9')));
        await File.WriteAllTextAsync(Path.Combine(sites.Clone, ".git", "deploy-tool.update"), $"main {from} {to}");
        return (from, to);
    }

    private static async Task<bool> IsAncestorAsync(SitesRepository sites, string ancestor, string commit) =>
        (await sites.Git.TryAsync(CancellationToken.None, "merge-base", "--is-ancestor", ancestor, commit)).Succeeded;
}
