using FaceEdge.Tests.Web;
using Microsoft.Playwright;

namespace FaceEdge.Tests.Browser;

public sealed class CountsTests
{
    [Fact(Timeout = 240_000)]
    public async Task The_page_says_how_many_passed_and_draws_the_last_day_by_the_hour()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Cameras:camera:Url=demo:?size=640x360&fps=15&faces=4&seed=3");
        await RunningService.UntilAsync(async () => await service.MetricAsync("faceedge_people_passed_total") >= 4);

        var page = await browser.OpenAsync(service.Client.BaseAddress!);
        await page.Locator("#counts svg rect").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

        Assert.Matches("^[0-9]+ people passed today, [0-9]+ of them since [0-9]{2}:00. Who comes back counts again.$", await page.InnerTextAsync("#counts > p >> nth=0"));
        Assert.InRange(await page.Locator("#counts rect").CountAsync(), 24, 25);
        Assert.StartsWith("People by the hour, last 24 hours: most from", await page.GetAttributeAsync("#counts svg", "aria-label"), StringComparison.Ordinal);
        Assert.Empty(browser.Errors);
        if (Environment.GetEnvironmentVariable("FACEEDGE_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, "counts.png"), FullPage = true });
        }
    }
}
