using System.Text.Json;
using FaceEdge.Tests.Web;
using Microsoft.Playwright;

namespace FaceEdge.Tests.Browser;

public sealed class PageTests
{
    /// <summary>Where the box green is on the first canvas: how many pixels, and their mean place.</summary>
    private const string Green = """
        () => {
            const canvas = document.querySelector("#tiles canvas");
            if (!canvas) { return { count: 0 }; }
            const { data, width } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            let count = 0, x = 0, y = 0;
            for (let i = 0; i < data.length; i += 4) {
                if (data[i] < 70 && data[i + 1] > 190 && data[i + 2] < 110) { count++; x += i / 4 % width; y += Math.floor(i / 4 / width); }
            }
            return { count, x: x / count, y: y / count };
        }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public async Task A_visitor_sees_boxes_that_move()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await StartAsync();
        await RequireModelAsync(service);
        var page = await browser.OpenAsync(service.Client.BaseAddress!);

        var before = await GreenAsync(page);
        await page.WaitForFunctionAsync(
            $"before => {{ const now = ({Green})(); return now.count > 200 && Math.hypot(now.x - before.X, now.y - before.Y) > 1; }}", new { before.X, before.Y });

        await page.WaitForFunctionAsync("() => /^[1-9]/.test(document.getElementById('faces').innerText)");
        Assert.Empty(browser.Errors);
    }

    [Fact(Timeout = 240_000)]
    public async Task Toggling_to_eyes_on_one_page_changes_the_other_and_the_frames()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await StartAsync();
        await RequireModelAsync(service);
        var one = await browser.OpenAsync(service.Client.BaseAddress!);
        var other = await browser.OpenAsync(service.Client.BaseAddress!);
        var faces = (await GreenAsync(one)).Count;

        await one.GetByLabel("Eyes").CheckAsync();

        await other.WaitForFunctionAsync("() => document.querySelector('input[name=mode]:checked').value === 'eyes'");
        await one.WaitForFunctionAsync($"faces => {{ const now = ({Green})().count; return now > 20 && now < faces * 0.8; }}", faces);
        Assert.Empty(browser.Errors);
    }

    [Fact(Timeout = 240_000)]
    public async Task A_new_title_and_colour_show_on_every_open_page()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await StartAsync();
        var pages = new[] { await browser.OpenAsync(service.Client.BaseAddress!), await browser.OpenAsync(service.Client.BaseAddress!) };

        await service.PutAsync("""{"title":"Keswick lobby","background":"#ffc0cb"}""");

        foreach (var page in pages)
        {
            await page.WaitForFunctionAsync("() => getComputedStyle(document.body).getPropertyValue('--bg').trim() === '#ffc0cb'");
            Assert.Equal("rgb(0, 0, 0)", await page.EvaluateAsync<string>("getComputedStyle(document.body).color"));
            Assert.Equal("Keswick lobby", await page.TitleAsync());
            Assert.Equal("Keswick lobby", await page.Locator("h1").InnerTextAsync());
        }
    }

    [Fact(Timeout = 240_000)]
    public async Task A_visitor_uses_the_camera_of_the_device()
    {
        var film = Film.Write();
        try
        {
            await using var browser = await Chromium.StartAloneAsync(film);
            await using var service = await StartAsync();
            await RequireModelAsync(service);
            var page = await browser.OpenAsync(service.Client.BaseAddress!);

            await page.GetByText("Use this device’s camera").ClickAsync();

            await page.WaitForFunctionAsync("() => document.querySelector('#tiles .name').textContent === 'This device'");
            await page.WaitForFunctionAsync("() => Number(document.getElementById('faces').textContent) > 0");
            await page.WaitForFunctionAsync($"() => ({Green})().count > 100");
            await page.GetByText("Back to the site’s camera").ClickAsync();
            await page.WaitForFunctionAsync("() => document.querySelector('#tiles .name').textContent === 'camera'");
            Assert.Empty(browser.Errors);
        }
        finally
        {
            File.Delete(film);
        }
    }

    [Fact(Timeout = 240_000)]
    public async Task The_page_finds_back_by_itself_when_the_service_was_away()
    {
        await using var browser = await Chromium.StartAsync();
        var service = await StartAsync();
        var address = service.Client.BaseAddress!;
        var page = await browser.OpenAsync(address);
        await page.WaitForFunctionAsync("() => document.getElementById('status').dataset.state === 'live'");
        await service.DisposeAsync();
        await page.WaitForFunctionAsync("() => document.getElementById('status-text').textContent.startsWith('The site does not answer')");

        await using var again = await StartAsync($"--urls={address}", "--Page:Title=Back again");

        await page.WaitForFunctionAsync(
            "() => document.getElementById('status').dataset.state === 'live' && document.title === 'Back again'");
    }

    /// <summary>Boxes, of the first frame that has any: the next one may have none.</summary>
    private static async Task<(int Count, double X, double Y)> GreenAsync(IPage page)
    {
        var seen = await page.WaitForFunctionAsync($"() => {{ const now = ({Green})(); return now.count > 200 && now; }}");
        var green = await seen.JsonValueAsync<JsonElement>();
        return (green.GetProperty("count").GetInt32(), green.GetProperty("x").GetDouble(), green.GetProperty("y").GetDouble());
    }

    private static Task<RunningService> StartAsync(params string[] settings) => RunningService.StartAsync(
        Array.Exists(settings, setting => setting.StartsWith("--Cameras", StringComparison.Ordinal))
            ? settings
            : ["--Cameras:camera:Url=demo:?size=640x360&fps=10&faces=3", .. settings]);

    private static async Task RequireModelAsync(RunningService service) => Assert.SkipWhen(
        (await service.GetJsonAsync("/api/v1/info")).GetProperty("model").ValueKind == JsonValueKind.Null, "There is no model on this machine.");
}
