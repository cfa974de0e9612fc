using FaceEdge.Tests.Web;
using Microsoft.Playwright;

namespace FaceEdge.Tests.Browser;

public sealed class SignInTests
{
    private const string Key = "a-key-to-look";

    [Fact(Timeout = 240_000)]
    public async Task A_visitor_signs_in_by_keyboard_without_a_script_and_lands_where_the_link_led()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Page:Key=" + Key, "--Page:Title=Shop window");
        var page = await browser.OpenAsync(new Uri(service.Client.BaseAddress!, "/?camera=camera#camera=camera"), scripts: false);

        Assert.Equal("key", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        await page.Keyboard.TypeAsync("wrong");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#error").WaitForAsync();
        Assert.Equal("That was not the key.", await page.InnerTextAsync("#error"));
        Assert.Equal("true", await page.GetAttributeAsync("#key", "aria-invalid"));
        await page.Locator("#key:focus").WaitForAsync();
        await page.Keyboard.TypeAsync(Key);
        await page.Keyboard.PressAsync("Enter");

        await page.Locator("#stage").WaitForAsync();
        Assert.EndsWith("/?camera=camera#camera=camera", page.Url, StringComparison.Ordinal);
        Assert.Empty(browser.Messages);
    }

    [Fact(Timeout = 240_000)]
    public async Task After_too_many_wrong_keys_the_page_says_to_wait_and_the_console_says_nothing()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Page:Key=" + Key, "--Http:KeyTriesPerMinute=1");
        var page = await browser.OpenAsync(service.Client.BaseAddress!);

        for (var i = 0; i < 2; i++)
        {
            await page.FillAsync("#key", "wrong");
            await page.ClickAsync("button");
            await page.Locator("#error").WaitForAsync();
        }

        await page.GetByText("Too many wrong keys came from here. Wait a minute, and try again.").WaitForAsync();
        Assert.Empty(browser.Messages);
    }

    [Fact(Timeout = 240_000)]
    public async Task Signed_in_the_page_shows_frames_and_offers_the_way_out()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Page:Key=" + Key);
        var page = await browser.OpenAsync(service.Client.BaseAddress!);
        await page.FillAsync("#key", Key);
        await page.ClickAsync("button");

        await page.WaitForFunctionAsync("() => Number(document.getElementById('rate')?.textContent) > 1");
        await page.ClickAsync("#sign-out a");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.Locator("#key").WaitForAsync();
        await page.ReloadAsync();

        Assert.True(await page.Locator("#key").IsVisibleAsync());
        Assert.Empty(browser.Messages);
    }

    [Theory(Timeout = 240_000)]
    [InlineData(1280, 800, ColorScheme.Dark)]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(320, 480, ColorScheme.Dark)]
    public async Task The_sign_in_page_fits_the_screen_and_its_texts_stand_out(int width, int height, ColorScheme scheme)
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Page:Key=" + Key, "--Page:Title=The camera over the entrance of the shop");
        var page = await browser.OpenAsync(service.Client.BaseAddress!, width, height, scheme);

        Assert.Equal("", string.Join('\n', await page.EvaluateAsync<string[]>(AccessibilityTests.LowContrast)));
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        Assert.True(await page.EvaluateAsync<bool>("() => [...document.querySelectorAll('button, input:not([hidden]):not([type=hidden]):not([type=checkbox]), .remember')].every(e => e.getBoundingClientRect().height >= 44)"));
        if (Environment.GetEnvironmentVariable("FACEEDGE_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"sign-in-{width}.png") });
        }
    }
}
