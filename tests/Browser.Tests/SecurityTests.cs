using System.Net;
using FaceEdge.Tests.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FaceEdge.Tests.Browser;

public sealed class SecurityTests
{
    /// <summary>What a hostile page tries; each answers "refused" or what it got.</summary>
    private const string Attacks = """
        async site => {
            const tried = {};
            const attempt = async (name, action) => { try { tried[name] = await action(); } catch { tried[name] = "refused"; } };
            const json = { "Content-Type": "application/json" };
            await attempt("read", async () => (await fetch(site + "api/v1/settings")).status.toString());
            await attempt("change", async () => (await fetch(site + "api/v1/settings", { method: "PUT", headers: json, body: '{"mode":"eyes"}' })).status.toString());
            await attempt("upload", async () => (await fetch(site + "api/v1/detect", { method: "POST", mode: "no-cors", body: "x" })).type);
            await attempt("image", () => new Promise((done, failed) => { const image = new Image(); image.onload = () => done("shown"); image.onerror = failed; image.src = site + "snapshot.jpg"; }));
            await attempt("socket", () => new Promise((done, failed) => { const socket = new WebSocket(site.replace("http", "ws") + "api/v1/live"); socket.onopen = () => done("open"); socket.onerror = failed; }));
            return Object.entries(tried).map(([name, outcome]) => name + ": " + outcome);
        }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public async Task A_page_of_another_site_gets_nothing_and_changes_nothing()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Cameras:camera:Url=demo:?size=320x240&fps=5");
        await using var other = await OtherSiteAsync(service.Client.BaseAddress!);
        var page = await browser.OpenAsync(new Uri(other.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal)));

        var outcomes = await page.EvaluateAsync<string[]>(Attacks, service.Client.BaseAddress!.AbsoluteUri);

        Assert.All(outcomes, outcome => Assert.EndsWith(": refused", outcome, StringComparison.Ordinal));
        Assert.Equal("face", (await service.GetJsonAsync("/api/v1/settings")).GetProperty("mode").GetString());
        Assert.DoesNotContain("faceedge_uploads_total{", await service.Client.GetStringAsync("/metrics", Cancellation), StringComparison.Ordinal);
        await ReportedAsync(browser, "frame-ancestors");
    }

    [Fact(Timeout = 240_000)]
    public async Task A_script_that_got_into_the_page_does_not_run()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        var page = await browser.OpenAsync(service.Client.BaseAddress!);

        await page.EvaluateAsync("() => { const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.body.append(s); }");

        Assert.False(await page.EvaluateAsync<bool>("() => window.ran === true"));
        await ReportedAsync(browser, "script-src");
    }

    /// <summary>The console may hear of it after the page does.</summary>
    private static Task ReportedAsync(Chromium browser, string directive) =>
        RunningService.UntilAsync(() => Task.FromResult(browser.Errors.Any(error => error.Contains(directive, StringComparison.Ordinal))));

    /// <summary>A page elsewhere that frames the site.</summary>
    private static async Task<WebApplication> OtherSiteAsync(Uri site)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapGet("/", () => Results.Content($"<!doctype html><title>Elsewhere</title><iframe src=\"{site}\"></iframe>", "text/html"));
        await app.StartAsync(Cancellation);
        return app;
    }
}
