using System.Text;
using System.Text.RegularExpressions;
using FaceEdge.Tests.Web;
using Microsoft.Playwright;

namespace FaceEdge.Tests.Browser;

/// <summary>The page through nginx as people set it up. The browser knows the site by a name of the local network over http: it vouches for nothing there.</summary>
public sealed partial class ProxyTests
{
    private const string Name = "faces.lan";

    private const string Upgrade = """proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";""";

    private const string NoWebSocket = "This address speaks WebSocket only. If it was asked so, a proxy between does not pass WebSocket on";

    private const string OtherHost = $"A page of http://{Name}:";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 240_000)]
    [InlineData("proxy_set_header Host $http_host; " + Upgrade, null)]
    [InlineData("proxy_set_header Host $host; " + Upgrade, null)]
    [InlineData("proxy_set_header Host $host;", NoWebSocket)]
    [InlineData("proxy_set_header Host $http_host;", NoWebSocket)]
    [InlineData(Upgrade, OtherHost)]
    [InlineData("", OtherHost)]
    public async Task Frames_come_through_nginx_and_the_page_says_what_does_not(string headers, string? limitation)
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await StartAsync();
        await using var nginx = await Nginx.StartAsync($"location / {{ proxy_pass {service.Client.BaseAddress}; {headers} }}");
        var page = await browser.OpenAsync(new Uri($"http://{Name}:{nginx.Port}/"));

        await MovesAsync(page);
        await page.WaitForFunctionAsync("() => document.getElementById('status').dataset.state === 'live'");
        var told = await page.TextContentAsync("#limitation-reason") ?? "";
        Assert.Equal(limitation is null, await page.Locator("#limitation").IsHiddenAsync());
        if (limitation is null)
        {
            Assert.Equal("", told);
            Assert.Empty(browser.Errors);
        }
        else
        {
            Assert.StartsWith($"Over plain HTTP, with fewer frames, because no WebSocket comes through. {limitation}", told, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 240_000)]
    public async Task The_block_of_the_documentation_passes_everything_on()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await StartAsync("--Api:Key=a-key-of-this-site");
        await using var nginx = await Nginx.StartAsync(DocumentedBlock().Replace("http://127.0.0.1:8080", service.Client.BaseAddress!.ToString().TrimEnd('/'), StringComparison.Ordinal));
        var page = await browser.OpenAsync(new Uri($"http://{Name}:{nginx.Port}/"));
        await MovesAsync(page);

        var answer = await page.EvaluateAsync<int>("""
            async () => (await fetch("api/v1/settings", {
                method: "PUT", headers: { "Content-Type": "application/json", "X-Api-Key": "a-key-of-this-site" }, body: '{"title":"Through nginx"}' })).status
            """);

        Assert.Equal(200, answer);
        await page.WaitForFunctionAsync("() => document.title === 'Through nginx'");
        Assert.True(await page.Locator("#limitation").IsHiddenAsync());
        Assert.Empty(browser.Errors);
    }

    [Fact(Timeout = 240_000)]
    public async Task Over_plain_HTTP_settings_arrive_and_more_cameras_than_streams_are_shown()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await StartAsync([.. Enumerable.Range(1, 6).Select(i => $"--Cameras:c{i}:Url=demo:?size=320x240&fps=5&seed={i}")]);
        await using var nginx = await Nginx.StartAsync($"location / {{ proxy_pass {service.Client.BaseAddress}; proxy_set_header Host $host; }}");
        var page = await browser.OpenAsync(new Uri($"http://{Name}:{nginx.Port}/"));

        await page.WaitForFunctionAsync("() => document.querySelectorAll('#tiles canvas').length === 6");
        await page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('#tiles canvas')].every(canvas => canvas.getContext('2d').getImageData(160, 120, 1, 1).data.some(value => value > 0 && value < 255))");
        await page.WaitForFunctionAsync("() => Number(document.getElementById('delay').textContent) > 0");
        (await service.Client.PutAsync("/api/v1/settings", new StringContent("""{"title":"By events"}""", Encoding.UTF8, "application/json"), Cancellation)).EnsureSuccessStatusCode();

        await page.WaitForFunctionAsync("() => document.title === 'By events'");
    }

    [Fact(Timeout = 240_000)]
    public async Task When_the_service_behind_the_proxy_is_away_the_page_says_what_the_proxy_answers_and_finds_back()
    {
        await using var browser = await Chromium.StartAsync();
        var service = await StartAsync();
        var address = service.Client.BaseAddress!;
        await using var nginx = await Nginx.StartAsync($"location / {{ proxy_pass {address}; proxy_set_header Host $host; }}");
        var page = await browser.OpenAsync(new Uri($"http://{Name}:{nginx.Port}/"));
        await MovesAsync(page);
        await service.DisposeAsync();
        await page.WaitForFunctionAsync("() => document.getElementById('limitation-reason').textContent.endsWith('A proxy answers 502 in its place.') && document.getElementById('status').dataset.state === 'noSignal'");

        await using var again = await StartAsync($"--urls={address}");

        await page.WaitForFunctionAsync("() => document.getElementById('status').dataset.state === 'live'");
    }

    private static Task<RunningService> StartAsync(params string[] settings) => RunningService.StartAsync(
        Array.Exists(settings, setting => setting.StartsWith("--Cameras", StringComparison.Ordinal)) ? settings : ["--Cameras:camera:Url=demo:?size=320x240&fps=10", .. settings]);

    /// <summary>Until frames have been drawn for a while.</summary>
    private static async Task MovesAsync(IPage page) => await page.WaitForFunctionAsync("() => Number(document.getElementById('rate').textContent) > 1");

    private static string DocumentedBlock([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Block().Match(
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "docs", "proxy.md"))).Groups[1].Value;

    [GeneratedRegex("```nginx\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
