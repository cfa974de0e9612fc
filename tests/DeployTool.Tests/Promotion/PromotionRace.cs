using System.Diagnostics;
using System.Globalization;
using FaceEdge.Deploy.Git;
using static FaceEdge.Deploy.Tests.Promotion.SitesRepository;

namespace FaceEdge.Deploy.Tests.Promotion;

/// <summary>
/// Real processes, each with a clone of its own, promoting into one remote at once. One promotion each in the suite; the whole of it with
/// <c>DEPLOY_TOOL_RACE_PROMOTIONS=200</c>.
/// </summary>
internal static class PromotionRace
{
    public const int Processes = 8;

    private static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("DEPLOY_TOOL_RACE_PROMOTIONS"), CultureInfo.InvariantCulture, out var promotions)
            ? promotions / Processes
            : 1;

    /// <summary>Lets every racer promote, round after round; <paramref name="promote"/> answers what became of one promotion.</summary>
    public static async Task<List<T>> RunAsync<T>(SitesRepository sites, Func<Racer, string, Task<T>> promote)
    {
        var workers = Enumerable.Range(0, Processes).Select(async worker =>
        {
            var name = $"racer-{worker}";
            var racer = new Racer(name, await sites.CloneAsync(name));
            var results = new List<T>();
            for (var round = 0; round < Rounds; round++)
            {
                var number = (worker * 1000) + round;
                results.Add(await promote(racer, $"{Image}:{number}.0.0@sha256:{number.ToString("x64", CultureInfo.InvariantCulture)}"));
            }

            return results;
        });
        return [.. (await Task.WhenAll(workers)).SelectMany(results => results)];
    }

    public static Process Start(string clone, string image, IReadOnlyDictionary<string, string>? environment = null)
    {
        var tool = Path.Combine(AppContext.BaseDirectory, "deploy-tool.dll");
        var start = new ProcessStartInfo(
            "dotnet", [tool, "promote", "--to", "qa", "--image", image, "--skip-image-check", "-q", "-o", "json", "-C", clone])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>The images of the remote's promotions, oldest first; each of its objects is whole.</summary>
    public static async Task<List<string>> RecordedAsync(SitesRepository sites)
    {
        var git = new GitProcess(sites.Remote);
        await git.RunAsync(CancellationToken.None, "fsck", "--strict", "--no-dangling");
        var history = await Deploy.History.PromotionHistory.ReadAsync(git, "main", CancellationToken.None);
        return [.. history.Records.Reverse().Select(record => record.Image.ToString())];
    }

    /// <summary>Each commit changed the image scalar alone, and each clone's file is a whole version of it.</summary>
    public static async Task AssertWholeAsync(SitesRepository sites)
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

/// <summary>One that promotes over and over, in a clone of its own.</summary>
internal sealed record Racer(string Name, string Folder);
