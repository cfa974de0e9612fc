using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace FaceEdge.Tests.Browser;

/// <summary>The page that <c>deploy-tool fleet --html</c> writes, opened as a file.</summary>
public sealed class FleetPageTests
{
    private const string Shown = "() => [...document.querySelectorAll('tbody tr:not([hidden]) b')].map(name => name.textContent)";

    [Fact(Timeout = 240_000)]
    public async Task Words_and_states_filter_the_sites_and_headings_sort_them()
    {
        await using var browser = await Chromium.StartAsync();
        var page = await browser.OpenAsync(Page);
        Assert.Equal(["wrong", "cut-off", "never", "slow", "berlin-01"], await page.EvaluateAsync<string[]>(Shown));

        await page.ClickAsync(".chip.silent");
        Assert.Equal(["cut-off", "never"], await page.EvaluateAsync<string[]>(Shown));
        await page.ClickAsync(".chip.behind");
        await page.FillAsync("input[type=search]", "PRODUCTION 1.0.0");
        Assert.Equal(["cut-off", "slow"], await page.EvaluateAsync<string[]>(Shown));
        Assert.Equal("2 of 5 sites", await page.TextContentAsync("#shown"));
        await page.FillAsync("input[type=search]", "nowhere");
        Assert.True(await page.IsVisibleAsync("#none"));

        await page.FillAsync("input[type=search]", "");
        await page.ClickAsync(".chip.silent");
        await page.ClickAsync(".chip.behind");
        await page.ClickAsync("th:has-text('restarts')");
        await page.ClickAsync("th:has-text('restarts')");
        Assert.Equal(["slow", "wrong", "never", "berlin-01", "cut-off"], await page.EvaluateAsync<string[]>(Shown));
        await page.ClickAsync("th:has-text('last seen')");
        Assert.Equal(["cut-off", "wrong", "slow", "berlin-01", "never"], await page.EvaluateAsync<string[]>(Shown));
        Assert.Empty(browser.Errors);
    }

    [Fact(Timeout = 240_000)]
    public async Task Headings_stand_over_their_columns_and_stay_while_rows_scroll()
    {
        await using var browser = await Chromium.StartAsync();
        var page = await browser.OpenAsync(Page, 1280, 200);
        const string Edges = "name => [...document.querySelectorAll(name)].slice(0, 10).map(cell => Math.round(cell.getBoundingClientRect().right))";
        Assert.Equal(await page.EvaluateAsync<int[]>(Edges, "th"), await page.EvaluateAsync<int[]>(Edges, "td"));

        await page.EvaluateAsync("window.scrollTo(0, document.documentElement.scrollHeight)");

        Assert.True(await page.EvaluateAsync<double>("window.scrollY") > 0);
        Assert.Equal(
            await page.EvaluateAsync<int>("Math.round(document.querySelector('form').getBoundingClientRect().bottom)"),
            await page.EvaluateAsync<int>("Math.round(document.querySelector('thead').getBoundingClientRect().top)"));
    }

    [Theory(Timeout = 240_000)]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Rows_out_of_view_are_not_laid_out_until_they_are_scrolled_to(int width)
    {
        await using var browser = await Chromium.StartAsync();
        var page = await browser.OpenAsync(Page, width, 844);

        Assert.Equal(["auto"], await page.EvaluateAsync<string[]>("() => [...new Set([...document.querySelectorAll('tbody tr')].map(row => getComputedStyle(row).contentVisibility))]"));
    }

    [Theory(Timeout = 240_000)]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task Every_width_and_scheme_can_be_read_and_hit(ColorScheme scheme, int width)
    {
        await using var browser = await Chromium.StartAsync();
        var page = await browser.OpenAsync(Page, width, 844, scheme);
        await page.ClickAsync(".chip.wrong");

        Assert.Empty(await page.EvaluateAsync<string[]>(AccessibilityTests.LowContrast));
        Assert.Empty(await page.EvaluateAsync<string[]>(AccessibilityTests.SmallTargets));
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
    }

    [Fact(Timeout = 240_000)]
    public async Task Without_scripts_all_sites_are_there_and_no_filter()
    {
        await using var browser = await Chromium.StartAsync();

        var page = await browser.OpenAsync(Page, scripts: false);

        Assert.Equal(5, await page.Locator("tbody tr").CountAsync());
        Assert.False(await page.IsVisibleAsync("form"));
    }

    private static Uri Page => new(Path.GetFullPath(Path.Combine(Here(), "../DeployTool.Tests/FleetView/fleet-page.html")));

    private static string Here([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;
}
