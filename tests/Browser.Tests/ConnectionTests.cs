using FaceEdge.Tests.Web;
using FaceEdge.Web.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace FaceEdge.Tests.Browser;

/// <summary>A page whose WebSocket does not come through goes on over plain HTTP and says so; a service that is full says that.</summary>
public sealed class ConnectionTests
{
    private const string Limited = "Fewer frames come than could: something between this screen and the site passes no live connection on.";

    [Theory(Timeout = 240_000)]
    [InlineData("delete window.WebSocket;")]
    [InlineData("window.WebSocket = class { constructor() { throw new DOMException('blocked', 'SecurityError'); } };")]
    [InlineData("window.WebSocket = class extends EventTarget { close() { } send() { } get readyState() { return 0; } };")]
    public async Task Where_the_browser_has_no_WebSocket_or_blocks_it_frames_come_over_plain_HTTP_and_nothing_fails(string script)
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        var page = await browser.OpenAsync(service.Client.BaseAddress!, prepare: page => page.AddInitScriptAsync(script));

        await MovesAsync(page);
        await page.TextAsync("status-text", "Live");
        await page.TextAsync("limitation", Limited);
        await page.WaitForFunctionAsync("() => Number(document.getElementById('delay').textContent) > 0");
        Assert.Empty(browser.Errors);
    }

    [Fact(Timeout = 240_000)]
    public async Task Where_a_WebSocket_opens_and_nothing_comes_through_frames_come_over_plain_HTTP()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        var page = await browser.OpenAsync(service.Client.BaseAddress!, prepare: page => page.RouteWebSocketAsync("**/api/v1/live", _ => { }));

        await MovesAsync(page);
        await page.TextAsync("status-text", "Live");
        await page.TextAsync("limitation", Limited);
    }

    [Fact(Timeout = 240_000)]
    public async Task A_site_that_is_full_says_so_in_words()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Stream:MaxViewers=1");
        var other = service.Services.GetRequiredService<ViewerLimit>().TryEnter()!;

        var page = await browser.OpenAsync(service.Client.BaseAddress!);

        await page.TextAsync("status-text", "As many people watch as this site allows; trying again");
        other.Dispose();
        await page.DrawnAsync(1);
    }

    [Fact(Timeout = 240_000)]
    public async Task After_an_outage_the_devices_camera_goes_on_and_the_status_says_live()
    {
        var film = Film.Write();
        try
        {
            await using var browser = await Chromium.StartAloneAsync(film);
            var service = await RunningService.StartAsync();
            var address = service.Client.BaseAddress!;
            var page = await browser.OpenAsync(address);
            await page.GetByText("Use this device’s camera").ClickAsync();
            await MovesAsync(page);
            await service.DisposeAsync();
            await page.TextAsync("status-text", "The site does not answer; trying again");

            await using var again = await RunningService.StartAsync($"--urls={address}");

            await page.TextAsync("status-text", "Live: this device’s camera. Its pictures are shown to nobody else and not kept");
            await page.WaitForFunctionAsync("() => document.querySelector('.tile').dataset.state === 'live'");
            await MovesAsync(page);
        }
        finally
        {
            File.Delete(film);
        }
    }

    [Theory(Timeout = 240_000)]
    [InlineData("NotAllowedError", "choose the sign to the left of the address above, set Camera to Allow, and try again")]
    [InlineData("NotFoundError", "No camera was found on this device.")]
    [InlineData("NotReadableError", "Another program may be using it")]
    public async Task A_camera_that_does_not_open_is_told_with_what_to_do(string error, string advice)
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        var page = await browser.OpenAsync(service.Client.BaseAddress!, prepare: page => page.AddInitScriptAsync(
            $"navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('as the browser says', '{error}'));"));
        await page.DrawnAsync(1);

        await page.GetByText("Use this device’s camera").ClickAsync();

        await page.Locator("#notice").WaitForAsync();
        Assert.Contains(advice, await page.InnerTextAsync("#notice-text"), StringComparison.Ordinal);
        Assert.Equal($"{error}: as the browser says", await page.TextContentAsync("#notice-reason"));
    }

    [Fact(Timeout = 240_000)]
    public async Task Over_http_on_a_network_it_is_said_what_the_devices_camera_needs()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        var page = await browser.OpenAsync(new Uri($"http://faces.lan:{service.Client.BaseAddress!.Port}/"));
        await page.DrawnAsync(1);

        await page.GetByText("Use this device’s camera").ClickAsync();

        await page.Locator("#notice").WaitForAsync();
        Assert.Contains("Open this page by https, or on the site’s own computer.", await page.InnerTextAsync("#notice-text"), StringComparison.Ordinal);
    }

    private static Task<IJSHandle> MovesAsync(IPage page) => page.WaitForFunctionAsync("() => Number(document.getElementById('rate').textContent) > 0.5");
}
