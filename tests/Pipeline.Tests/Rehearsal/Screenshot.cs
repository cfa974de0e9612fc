using System.Drawing;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FaceEdge.Tests.Browser;
using Microsoft.Playwright;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

/// <summary>Takes pictures of pages as a visitor sees them, for people who want to look.</summary>
internal static partial class Screenshot
{
    /// <summary>More than a page needs to come alive on a busy machine.</summary>
    private const float Timeout = 60_000;

    /// <summary>Of one site's window among several, in pixels: the picture and the first of what can be changed.</summary>
    private const int SiteWidth = 560;

    private const int SiteHeight = 650;

    /// <summary>Waits until the page shows this mode and colour and something found, and takes its picture.</summary>
    public static async Task TakeAsync(string url, string mode, string background, string file)
    {
        await using var browser = await Chromium.StartAsync();
        var page = await browser.OpenAsync(new Uri(url), height: 1000);
        var colour = ColorTranslator.FromHtml(background);
        await Assertions.Expect(page.Locator("#status")).ToHaveAttributeAsync("data-state", "live", new() { Timeout = Timeout });
        await Assertions.Expect(page.Locator($"#mode input[value={mode}]")).ToBeCheckedAsync(new() { Timeout = Timeout });
        await Assertions.Expect(page.Locator("body")).ToHaveCSSAsync("background-color", $"rgb({colour.R}, {colour.G}, {colour.B})", new() { Timeout = Timeout });
        await Assertions.Expect(page.Locator("#faces")).ToHaveTextAsync(Found(), new() { Timeout = Timeout });
        await page.ScreenshotAsync(new() { Path = file });
    }

    /// <summary>Takes one picture of the pages of several sites beside each other, each under its name: the picture of README.md.</summary>
    /// <param name="sites">What each is called there, and its address.</param>
    /// <param name="file">A JPEG file.</param>
    public static async Task SideBySideAsync(IEnumerable<(string Name, string Url)> sites, string file)
    {
        await using var browser = await Chromium.StartAsync();
        var figures = new StringBuilder();
        var page = default(IPage);
        foreach (var (name, url) in sites)
        {
            page = await browser.OpenAsync(new Uri(url), SiteWidth, SiteHeight, ColorScheme.Light);
            await Assertions.Expect(page.Locator("#status")).ToHaveAttributeAsync("data-state", "live", new() { Timeout = Timeout });
            await Assertions.Expect(page.Locator("#faces")).ToHaveTextAsync(Found(), new() { Timeout = Timeout });
            figures.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{name}</figcaption><img src='data:image/png;base64,{Convert.ToBase64String(await page.ScreenshotAsync())}'></figure>");
        }

        await page!.SetViewportSizeAsync(1200, 560);
        await page.GotoAsync("about:blank");
        await page.SetContentAsync($$"""
            <!doctype html>
            <style>body{display:flex;gap:12px;margin:12px;font:600 18px sans-serif}figure{flex:1;margin:0}img{width:100%;margin-top:8px;border:1px solid #999;border-radius:6px}</style>{{figures}}
            """);
        await page.Locator("body").ScreenshotAsync(new() { Path = file, Type = ScreenshotType.Jpeg, Quality = 80 });
    }

    [GeneratedRegex("^[1-9]")]
    private static partial Regex Found();
}
