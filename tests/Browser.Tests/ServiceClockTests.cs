using FaceEdge.Tests.Web;

namespace FaceEdge.Tests.Browser;

/// <summary>How a page over plain HTTP knows the service's clock, and with it how old a frame is.</summary>
public sealed class ServiceClockTests
{
    /// <summary>The age of a frame that arrived at the service's second 50, after each answer: how long it took, and the service's clock half way.</summary>
    private const string Ages = """
        async answers => {
            const { ServiceClock } = await import("/clock.js");
            let now = 1000;
            performance.now = () => now;
            const clock = new ServiceClock();
            const ages = [clock.since(50)];
            for (const [trip, time] of answers) {
                window.fetch = async () => { now += trip; return { headers: new Headers(time > 0 ? { "X-Time": String(time) } : {}) }; };
                await clock.ask();
                ages.push(Math.round(clock.since(50)));
            }
            return ages;
        }
        """;

    [Fact(Timeout = 240_000)]
    public async Task The_answer_that_was_soonest_back_tells_the_clock_until_one_shows_that_it_was_set()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        var page = await browser.OpenAsync(new Uri(service.Client.BaseAddress!, "favicon.svg"));

        var ages = await page.EvaluateAsync<double[]>(Ages, (double[][])[[100, 50.05], [400, 50.4], [10, 0], [20, 70]]);

        Assert.Equal([0, 100, 500, 510, 20_010], ages);
    }
}
