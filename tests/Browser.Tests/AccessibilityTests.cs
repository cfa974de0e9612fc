using System.Text;
using FaceEdge.Tests.Web;
using Microsoft.Playwright;

namespace FaceEdge.Tests.Browser;

public sealed class AccessibilityTests
{
    /// <summary>Texts whose contrast with what is behind them is under WCAG AA's 4.5 (3 from 24 px, or bold from 18.66 px).</summary>
    private const string LowContrast = """
        () => {
            const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
            const rgba = colour => {
                paint.clearRect(0, 0, 1, 1);
                paint.fillStyle = colour;
                paint.fillRect(0, 0, 1, 1);
                return paint.getImageData(0, 0, 1, 1).data;
            };
            const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
            const behind = element => {
                for (let e = element; e; e = e.parentElement) {
                    const colour = rgba(getComputedStyle(e).backgroundColor);
                    if (colour[3] > 200) { return colour; }
                }
                return [255, 255, 255];
            };
            const faults = [];
            const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                const text = walk.currentNode.textContent.trim();
                const element = walk.currentNode.parentElement;
                if (!text || !element.checkVisibility() || element.closest("figcaption, noscript, dialog, script")) { continue; }
                const style = getComputedStyle(element);
                const [light, dark] = [luminance(rgba(style.color)), luminance(behind(element))].sort((a, b) => b - a);
                const contrast = (light + 0.05) / (dark + 0.05);
                const size = parseFloat(style.fontSize);
                const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
                if (contrast < needed) { faults.push(`${text}: ${contrast.toFixed(2)}`); }
            }
            return faults;
        }
        """;

    /// <summary>Controls that a screen reader could not name.</summary>
    private const string Nameless = """
        () => [...document.querySelectorAll("button, input, a, summary, canvas, [role=img]")]
            .filter(e => !(e.labels?.length || e.getAttribute("aria-label") || e.textContent.trim() || e.title))
            .map(e => e.outerHTML)
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(ColorScheme.Dark, null)]
    [InlineData(ColorScheme.Light, null)]
    [InlineData(ColorScheme.Dark, "pink")]
    [InlineData(ColorScheme.Light, "navy")]
    [InlineData(ColorScheme.Dark, "#757575")]
    public async Task All_text_stands_out_and_all_controls_have_names(ColorScheme scheme, string? background)
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Page:Title=A site");
        if (background is not null)
        {
            (await service.Client.PutAsync(
                "/api/v1/settings",
                new StringContent($$"""{"background":"{{background}}"}""", Encoding.UTF8, "application/json"),
                Cancellation)).EnsureSuccessStatusCode();
        }

        var page = await browser.OpenAsync(service.Client.BaseAddress!, scheme: scheme);
        await page.WaitForFunctionAsync("() => document.title === 'A site'");
        await page.EvaluateAsync("() => document.getElementById('appearance').open = true");
        await page.EvaluateAsync("() => Promise.all(document.getAnimations().filter(a => a.effect.getTiming().iterations === 1).map(a => a.finished))");

        Assert.Empty(await page.EvaluateAsync<string[]>(LowContrast));
        Assert.Empty(await page.EvaluateAsync<string[]>(Nameless));
        Assert.Equal("en", await page.EvaluateAsync<string>("document.documentElement.lang"));
    }

    [Theory(Timeout = 120_000)]
    [InlineData(320, 640)]
    [InlineData(390, 844)]
    [InlineData(844, 390)]
    [InlineData(1920, 1080)]
    public async Task No_screen_scrolls_sideways(int width, int height)
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync($"--Page:Title={new string('W', 80)}", $"--Site:Name={new string('M', 80)}");

        var page = await browser.OpenAsync(service.Client.BaseAddress!, width, height);
        await page.WaitForFunctionAsync("() => document.title.startsWith('WWW') && document.getElementById('site').textContent !== ''");

        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_mode_is_changed_with_the_keyboard_alone()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        var page = await browser.OpenAsync(service.Client.BaseAddress!);
        await page.WaitForFunctionAsync("() => document.getElementById('status').dataset.state === 'live'");

        await page.FocusAsync("input[name=mode]:checked");
        await page.Keyboard.PressAsync("ArrowRight");

        await page.WaitForFunctionAsync(
            "() => fetch('api/v1/settings').then(answer => answer.json()).then(settings => settings.mode === 'eyes')");
    }

    [Fact(Timeout = 120_000)]
    public async Task The_API_reference_loads_without_a_complaint()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        var page = await browser.OpenAsync(new Uri(service.Client.BaseAddress!, "/scalar/"));

        await page.GetByText("/api/v1/detect").First.WaitForAsync();

        Assert.Empty(browser.Complaints);
    }
}
