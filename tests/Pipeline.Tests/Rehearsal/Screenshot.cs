using System.Drawing;
using System.Text.RegularExpressions;
using FaceEdge.Tests.Browser;
using Microsoft.Playwright;

namespace FaceEdge.Pipeline.Tests.Rehearsal;

/// <summary>Takes pictures of pages as a visitor sees them, for people who want to look.</summary>
internal static partial class Screenshot
{
    /// <summary>More than a page needs to come alive on a busy machine.</summary>
    private const float Timeout = 60_000;

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

    [GeneratedRegex("^[1-9]")]
    private static partial Regex Found();
}
