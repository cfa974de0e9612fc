using FaceEdge.Tests.Models;
using FaceEdge.Tests.Web;
using Microsoft.Playwright;

namespace FaceEdge.Tests.Browser;

public sealed class ReadmePictureTests
{
    /// <summary>With <c>FACEEDGE_SCREENSHOTS</c> set to a folder, leaves page.png there: the picture of README.md.</summary>
    [Fact(Timeout = 240_000)]
    public async Task The_page_at_first_sight_fits_a_laptop_and_counts_the_faces_of_the_demo()
    {
        await using var browser = await Chromium.StartAsync();
        using var kept = new TemporaryFolder();
        WriteCounts(Path.Combine(kept.Path, "counts", "camera"));
        await using var service = await RunningService.StartAsync(
            "--Cameras:camera:Url=demo:?size=1280x720&fps=15&faces=4", "--Site:Name=Berlin 01", "--Site:Environment=production", "--Counts:Path=" + kept.Path, "--Counts:TimeZone=Europe/Berlin");
        Assert.SkipWhen((await service.GetJsonAsync("/api/v1/info")).GetProperty("model").ValueKind == System.Text.Json.JsonValueKind.Null, "There is no model on this machine.");
        var page = await browser.OpenAsync(service.Client.BaseAddress!, 1200, 760, ColorScheme.Light);

        await page.WaitForFunctionAsync("() => document.getElementById('faces').innerText === '4'");
        await page.WaitForFunctionAsync("() => Number(document.getElementById('rate').innerText) > 1");
        await page.Locator("#counts rect").First.WaitForAsync();

        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        Assert.Empty(browser.Errors);
        if (Environment.GetEnvironmentVariable("FACEEDGE_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, "page.png") });
        }
    }

    /// <summary>Two days of a shop that is open from nine to eight, so that the picture has something to draw.</summary>
    private static void WriteCounts(string folder)
    {
        int[] passed = [0, 0, 0, 0, 0, 0, 2, 9, 21, 34, 41, 52, 74, 68, 49, 45, 58, 83, 79, 51, 22, 8, 3, 0];
        Directory.CreateDirectory(folder);
        foreach (var day in (DateTime[])[DateTime.UtcNow.AddDays(-1), DateTime.UtcNow])
        {
            var lines = passed.Select((people, hour) => $"{60 * hour},{people},4,60,60\n");
            File.WriteAllText(Path.Combine(folder, $"{day:yyyy-MM-dd}.before.csv"), "minute,passed,most_in_view,person_seconds,watched_seconds\n" + string.Concat(lines));
        }
    }
}
