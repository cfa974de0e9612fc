using System.Runtime.CompilerServices;
using FaceEdge.Deploy.FleetView;
using FaceEdge.Deploy.History;

namespace FaceEdge.Deploy.Tests.FleetView;

public sealed class FleetPageTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Wanted = $"registry.example.com/faceedge/face-detector:2.0.0@sha256:{new string('b', 64)}";
    private static readonly string Earlier = $"registry.example.com/faceedge/face-detector:1.0.0@sha256:{new string('a', 64)}";

    private static readonly RolloutPause Pause = new("production", "Ada <Lovelace>", Now - TimeSpan.FromMinutes(20), "the line to the registry is cut", new string('d', 40));

    [Fact]
    public void The_page_is_as_written_down()
    {
        var page = FleetPage.Write(Report(
            Site("wrong", "<img src=x onerror=alert(1)>", SiteState.Wrong),
            Site("cut-off", Earlier, SiteState.Silent) with { LastSeen = Now - TimeSpan.FromHours(26), CameraLive = null, LatencyP95Milliseconds = null, LatencyRatio = null, FacesPerMinute = null, Restarts = null },
            Site("never", null, SiteState.Silent) with { LastSeen = null },
            Site("slow", Earlier, SiteState.Behind) with { LatencyRatio = 2.25, Restarts = 3, CameraLive = 0.5 },
            Site("berlin-01", Wanted, SiteState.Current)));

        var expected = File.ReadAllText(Path.Combine(Folder(), "fleet-page.html"));
        Assert.True(expected == page, $"fleet-page.html says something else. The page is now:\n{page}");
    }

    private static FleetReport Report(params SiteReport[] sites) => new(
        Now, new string('c', 40), "https://prometheus.example.com", [EnvironmentReport.Of("production", sites, [5, 5, 4, 3], Pause)], sites, ["production/retired"]);

    private static SiteReport Site(string name, string? running, SiteState state) => new(
        "production", name, Wanted, running, state, Now - TimeSpan.FromSeconds(12), Now - TimeSpan.FromDays(2), 1, 21.4, 11.2, 1.02, 30.5, 0);

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
