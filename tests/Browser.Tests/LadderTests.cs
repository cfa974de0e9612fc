using FaceEdge.Tests.Web;

namespace FaceEdge.Tests.Browser;

/// <summary>The ladder that a page climbs by itself over plain HTTP, against a line that is only reckoned: what the service's own does in PageLineTests.</summary>
public sealed class LadderTests
{
    /// <summary>Frames of 720p, 15 a second, one after the other over a line of so many bits a second; the clock is the script's.</summary>
    private const string Watch = """
        async ({ kilobits, seconds }) => {
            const { Ladder } = await import("/ladder.js");
            let now = 0;
            performance.now = () => now;
            const ladder = new Ladder();
            const changes = [];
            let drawn;
            for (const [i, rate] of kilobits.entries()) {
                drawn = 0;
                while (now < 1000 * seconds * (i + 1)) {
                    const { weight } = ladder.rung;
                    const fps = ladder.rung.fps ?? 15;
                    const bytes = 64000 * weight;
                    const transfer = 8 * bytes / rate;
                    now += Math.max(transfer, 1000 / fps);
                    drawn++;
                    if (ladder.measure(bytes, now - transfer, [15])) { changes.push(now); }
                }
            }
            const { slow, maxWidth, kilobitsPerSecond } = ladder.state;
            const tries = changes.filter(at => at > now - 500 * seconds).length;
            return `${(drawn / seconds).toFixed(1)}/s, ${maxWidth ?? "all"} wide, ${slow ? `slow, ${Math.round(kilobitsPerSecond)} kbit/s` : "not slow"}, ${tries} changes in the last 200 s`;
        }
        """;

    private const string Expected = """
        100 kbit/s: 1.6/s, 480 wide, slow, 100 kbit/s, 0 changes in the last 200 s
        250 kbit/s: 2.0/s, 480 wide, slow, 250 kbit/s, 0 changes in the last 200 s
        500 kbit/s: 6.0/s, 480 wide, slow, 500 kbit/s, 0 changes in the last 200 s
        1000 kbit/s: 10.0/s, 480 wide, slow, 1000 kbit/s, 0 changes in the last 200 s
        4000 kbit/s: 15.0/s, 640 wide, slow, 4000 kbit/s, 0 changes in the last 200 s
        100000 kbit/s: 15.0/s, all wide, not slow, 0 changes in the last 200 s
        50000, then 500 kbit/s: 6.0/s, 480 wide, slow, 658 kbit/s, 0 changes in the last 200 s
        500, then 50000 kbit/s: 15.0/s, all wide, not slow, 0 changes in the last 200 s
        """;

    /// <summary>Rates of a line one after the other, and what comes over the last of them: nothing here is measured, so that it is exact.</summary>
    [Fact(Timeout = 240_000)]
    public async Task The_page_finds_the_rung_that_a_line_carries_and_is_up_again_when_it_opens()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        var page = await browser.OpenAsync(new Uri(service.Client.BaseAddress!, "favicon.svg"));

        var seen = new List<string>();
        foreach (var kilobits in (int[][])[[100], [250], [500], [1000], [4000], [100_000], [50_000, 500], [500, 50_000]])
        {
            var answer = (await page.EvaluateAsync(Watch, new { kilobits, seconds = 400 }))!.Value;
            seen.Add($"{string.Join(", then ", kilobits)} kbit/s: {answer.GetString()}");
        }

        Assert.Equal(Expected, string.Join('\n', seen));
    }
}
