using System.Text;
using FaceEdge.Tests.Web;
using Microsoft.Playwright;

namespace FaceEdge.Tests.Browser;

public sealed class AccessibilityTests
{
    /// <summary>Contrast of two colours as WCAG measures it, and the colour behind an element.</summary>
    private const string Contrast = """
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
        const contrast = (one, other) => {
            const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
            return (light + 0.05) / (dark + 0.05);
        };
        """;

    /// <summary>Texts whose contrast with what is behind them is under WCAG AA's 4.5 (3 from 24 px, or bold from 18.66 px).</summary>
    internal const string LowContrast = $$"""
        () => {
            {{Contrast}}
            const faults = [];
            const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                const text = walk.currentNode.textContent.trim();
                const element = walk.currentNode.parentElement;
                if (!text || !element.checkVisibility() || element.closest("noscript, dialog, script")) { continue; }
                const style = getComputedStyle(element);
                const measured = contrast(rgba(style.color), behind(element));
                const size = parseFloat(style.fontSize);
                const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
                if (measured < needed) { faults.push(`${text}: ${measured.toFixed(2)}`); }
            }
            return faults;
        }
        """;

    /// <summary>Controls whose border, or else whose ground, has under 3 : 1 with what is around them (WCAG 1.4.11). Links are text; browsers draw the rest.</summary>
    private const string WeakBorders = $$"""
        () => {
            {{Contrast}}
            return [...document.querySelectorAll("button, input, select, .segmented, .save")]
                .filter(e => e.checkVisibility() && !["radio", "checkbox", "range"].includes(e.type) && !e.disabled)
                .filter(e => {
                    const style = getComputedStyle(e);
                    const around = behind(e.closest(".tools") ? e : e.parentElement);
                    return Math.max(contrast(rgba(style.borderTopColor), around), contrast(rgba(style.backgroundColor), around)) < 3;
                })
                .map(e => e.id || e.className || e.textContent);
        }
        """;

    /// <summary>Controls that a screen reader could not name.</summary>
    private const string Nameless = """
        () => [...document.querySelectorAll("button, input, select, a, summary, canvas, [role=img]")]
            .filter(e => e.checkVisibility())
            .filter(e => !(e.labels?.length || e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || e.textContent.trim() || e.title))
            .map(e => e.outerHTML)
        """;

    /// <summary>What can be pressed and is under 24 pixels wide or high (WCAG 2.5.8).</summary>
    internal const string SmallTargets = """
        () => [...document.querySelectorAll("button, a, summary, select, label:has(input), input:not([type=radio])")]
            .filter(e => e.checkVisibility())
            .map(e => [e.closest("label") ?? e, e])
            .filter(([target]) => { const { width, height } = target.getBoundingClientRect(); return width < 24 || height < 24; })
            .map(([, e]) => e.outerHTML)
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 240_000)]
    [InlineData(ColorScheme.Dark, null)]
    [InlineData(ColorScheme.Light, null)]
    [InlineData(ColorScheme.Dark, "pink")]
    [InlineData(ColorScheme.Light, "navy")]
    [InlineData(ColorScheme.Dark, "#757575")]
    public async Task All_text_and_controls_stand_out_have_names_and_can_be_hit(ColorScheme scheme, string? background)
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
        await page.DrawnAsync(1);
        await page.EvaluateAsync("() => { for (const details of document.querySelectorAll('details')) { details.open = true; } }");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('#camera-details dd').length > 0");
        await page.EvaluateAsync("() => Promise.all(document.getAnimations().filter(a => a.effect.getTiming().iterations === 1).map(a => a.finished))");

        Assert.Empty(await page.EvaluateAsync<string[]>(LowContrast));
        Assert.Empty(await page.EvaluateAsync<string[]>(WeakBorders));
        Assert.Empty(await page.EvaluateAsync<string[]>(Nameless));
        Assert.Empty(await page.EvaluateAsync<string[]>(SmallTargets));
        Assert.Equal("en", await page.EvaluateAsync<string>("document.documentElement.lang"));
    }

    [Theory(Timeout = 240_000)]
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
        await page.DrawnAsync(1);

        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
    }

    [Fact(Timeout = 240_000)]
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

    [Fact(Timeout = 240_000)]
    public async Task The_API_reference_loads_without_an_error()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        var page = await browser.OpenAsync(new Uri(service.Client.BaseAddress!, "/scalar/"));

        await page.GetByText("/api/v1/detect").First.WaitForAsync();

        Assert.Empty(browser.Errors);
    }
}
