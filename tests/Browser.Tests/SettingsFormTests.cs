using FaceEdge.Tests.Web;
using Microsoft.Playwright;

namespace FaceEdge.Tests.Browser;

/// <summary>Changes made on the page: what is sent, what is shown after it, and how a refusal is told.</summary>
public sealed class SettingsFormTests
{
    private const string Key = "a-key-of-this-site";

    private const string Refused = "Changes are not taken from here, but only at the site itself. Nothing was changed.";

    [Fact(Timeout = 240_000)]
    public async Task A_new_title_alone_leaves_the_colour_to_each_visitor()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Page:Title=Before");
        var dark = await OpenAsync(browser, service);
        var light = await browser.OpenAsync(service.Client.BaseAddress!, scheme: ColorScheme.Light);

        await dark.FillAsync("#title-field", "After");
        await dark.GetByText("Apply").ClickAsync();

        await light.TextAsync("title", "After");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await service.GetJsonAsync("/api/v1/settings")).GetProperty("background").ValueKind);
        Assert.NotEqual(await BackgroundAsync(dark), await BackgroundAsync(light));
    }

    [Fact(Timeout = 240_000)]
    public async Task A_new_colour_alone_leaves_a_title_that_another_changes_at_the_same_time()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Page:Title=Before");
        var page = await OpenAsync(browser, service);
        await page.FillAsync("#background-field", "#003366");

        await service.PutAsync("""{"title":"Of another"}""");
        await page.TextAsync("title", "Of another");
        Assert.Equal("Of another", await page.InputValueAsync("#title-field"));
        await page.GetByText("Apply").ClickAsync();

        await page.WaitForFunctionAsync("() => document.documentElement.dataset.tint === 'dark'");
        Assert.Equal("Of another", (await service.GetJsonAsync("/api/v1/settings")).GetProperty("title").GetString());
    }

    [Fact(Timeout = 240_000)]
    public async Task Reset_shows_what_holds_and_the_next_Apply_restores_nothing()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Page:Title=Configured");
        var page = await OpenAsync(browser, service);
        await page.FillAsync("#title-field", "Mine");
        await page.FillAsync("#background-field", "#ffc0cb");
        await page.GetByText("Apply").ClickAsync();
        await page.TextAsync("title", "Mine");

        await page.GetByText("Reset").ClickAsync();
        await page.TextAsync("title", "Configured");

        Assert.Equal(("Configured", false), (await page.InputValueAsync("#title-field"), await page.IsCheckedAsync("#background-own")));
        await page.FillAsync("#title-field", "Once more");
        await page.GetByText("Apply").ClickAsync();
        await page.TextAsync("title", "Once more");
        Assert.Null(await page.GetAttributeAsync("html", "data-tint"));
    }

    [Fact(Timeout = 240_000)]
    public async Task A_refusal_is_told_in_words_names_who_runs_the_site_and_leaves_nothing_in_the_form()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Page:Title=Configured", "--Site:Contact=Bakery Krause, 030 1234567");
        var page = await browser.OpenAsync(Elsewhere(service));
        await page.TextAsync("contact", "Bakery Krause, 030 1234567");
        await page.EvaluateAsync("() => document.getElementById('appearance').open = true");
        await page.FillAsync("#title-field", "Mine");
        await page.GetByText("Apply").ClickAsync();

        await page.TextAsync("notice-text", $"{Refused} This site is run by Bakery Krause, 030 1234567.");

        Assert.Equal("Configured", await page.InputValueAsync("#title-field"));
        Assert.DoesNotContain("Api", await page.InnerTextAsync("body"), StringComparison.Ordinal);
        await page.Locator("#notice-details summary").ClickAsync();
        Assert.Contains("Set Api__Key on the service", await page.InnerTextAsync("#notice-reason"), StringComparison.Ordinal);
        await page.Locator("#notice-close").ClickAsync();
        Assert.False(await page.Locator("#notice").IsVisibleAsync());
        Assert.Equal("Apply", await page.FocusedAsync());
    }

    [Fact(Timeout = 240_000)]
    public async Task The_mode_and_the_slider_go_back_where_a_change_is_refused()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Detector:Threshold=0.5");
        var page = await browser.OpenAsync(Elsewhere(service));
        await page.TextAsync("threshold-value", "50 %");

        await page.GetByLabel("Eyes").ClickAsync();
        await page.TextAsync("notice-text", Refused);
        await page.Locator("#notice-close").ClickAsync();
        await page.Locator("#threshold").FocusAsync();
        await page.Keyboard.PressAsync("End");
        await page.Locator("#notice").WaitForAsync();

        Assert.True(await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "Faces" }).IsCheckedAsync());
        Assert.Equal(("0.5", "50 %"), await SliderAsync(page));
    }

    [Fact(Timeout = 240_000)]
    public async Task Knob_number_and_what_a_screen_reader_hears_agree_after_use_and_after_the_change_of_another()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Detector:Threshold=0.5");
        var page = await browser.OpenAsync(service.Client.BaseAddress!);
        await page.TextAsync("threshold-value", "50 %");
        await page.Locator("#threshold").FocusAsync();

        await page.Keyboard.PressAsync("End");
        await page.WaitForFunctionAsync("() => fetch('api/v1/settings').then(answer => answer.json()).then(settings => settings.threshold === 0.99)");
        Assert.Equal(("0.99", "99 %"), await SliderAsync(page));
        await service.PutAsync("""{"threshold":0.3}""");
        await page.TextAsync("threshold-value", "30 %");

        Assert.Equal(("0.3", "30 %"), await SliderAsync(page));
    }

    [Fact(Timeout = 240_000)]
    public async Task A_wrong_key_is_told_where_it_is_asked_for_and_the_right_one_is_kept()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync($"--Api:Key={Key}");
        var page = await browser.OpenAsync(service.Client.BaseAddress!);
        await page.DrawnAsync(1);
        await page.GetByLabel("Eyes").CheckAsync();
        await page.FillAsync("#key-field", "another-key");
        await page.GetByText("Use key").ClickAsync();

        await page.TextAsync("key-error", "That key is not right. Try again.");
        Assert.Equal("key-field", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        Assert.False(await page.Locator("#notice").IsVisibleAsync());
        await page.FillAsync("#key-field", $"  {Key} ");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => fetch('api/v1/settings').then(answer => answer.json()).then(settings => settings.mode === 'eyes')");
        await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "Faces" }).CheckAsync();

        await page.WaitForFunctionAsync("() => fetch('api/v1/settings').then(answer => answer.json()).then(settings => settings.mode === 'face')");
        Assert.False(await page.Locator("#key-dialog").IsVisibleAsync());
    }

    [Theory(Timeout = 240_000)]
    [InlineData("Schlüssel-von-hier")]
    [InlineData("ключ-этого-места")]
    [InlineData("short")]
    public async Task A_key_that_cannot_be_one_is_said_so_and_does_not_lock_the_tab(string typed)
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync($"--Api:Key={Key}");
        var page = await browser.OpenAsync(service.Client.BaseAddress!);
        await page.DrawnAsync(1);
        await page.GetByLabel("Eyes").CheckAsync();
        await page.FillAsync("#key-field", typed);
        await page.GetByText("Use key").ClickAsync();

        await page.TextAsync("key-error", "A key has at least 8 letters, digits and signs, none of them accented, and no spaces.");
        await page.FillAsync("#key-field", Key);
        await page.GetByText("Use key").ClickAsync();

        await page.WaitForFunctionAsync("() => fetch('api/v1/settings').then(answer => answer.json()).then(settings => settings.mode === 'eyes')");
    }

    [Fact(Timeout = 240_000)]
    public async Task A_key_that_an_older_page_kept_and_that_cannot_be_sent_is_asked_for_again()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync($"--Api:Key={Key}");
        var page = await browser.OpenAsync(
            service.Client.BaseAddress!, prepare: page => page.AddInitScriptAsync("sessionStorage.setItem('faceedge-key', 'ключ-этого-места')"));
        await page.DrawnAsync(1);

        await page.GetByLabel("Eyes").CheckAsync();

        await page.Locator("#key-dialog").WaitForAsync();
    }

    [Fact(Timeout = 240_000)]
    public async Task Giving_no_key_leaves_everything_as_it_was()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync($"--Api:Key={Key}");
        var page = await browser.OpenAsync(service.Client.BaseAddress!);
        await page.DrawnAsync(1);
        await page.GetByLabel("Eyes").CheckAsync();
        await page.Locator("#key-dialog").WaitForAsync();

        await page.Keyboard.PressAsync("Escape");

        await page.WaitForFunctionAsync("() => document.querySelector('input[name=mode]:checked').value === 'face'");
        Assert.False(await page.Locator("#notice").IsVisibleAsync());
    }

    [Fact(Timeout = 240_000)]
    public async Task Faces_are_hidden_from_the_page_and_shown_again_with_the_key_alone()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        var page = await browser.OpenAsync(service.Client.BaseAddress!);
        await page.DrawnAsync(1);

        await page.SelectOptionAsync("#privacy", "blur");
        await page.TextAsync("privacy-mode", "Faces are made unrecognisable before a picture leaves the site’s computer.");
        await page.SelectOptionAsync("#privacy", "none");
        await page.TextAsync("notice-text", "To show more of people, this site’s key is needed. Nothing was changed.");

        Assert.Equal("blur", await page.InputValueAsync("#privacy"));
        Assert.Equal("blur", (await service.GetJsonAsync("/api/v1/settings")).GetProperty("privacy").GetString());
    }

    [Fact(Timeout = 240_000)]
    public async Task The_console_says_nothing_while_a_visitor_looks_enlarges_and_is_asked_for_a_key()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync(
            $"--Api:Key={Key}", "--Cameras:door:Url=demo:?size=320x240&fps=2", "--Cameras:hall:Url=demo:?size=320x240&fps=2");
        var page = await browser.OpenAsync(service.Client.BaseAddress!);
        await page.WaitForFunctionAsync("() => document.getElementById('status').dataset.state === 'live'");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Enlarge door" }).ClickAsync();
        await page.EvaluateAsync("() => document.getElementById('details').open = true");
        await page.EvaluateAsync("() => document.getElementById('key-dialog').showModal()");
        await page.WaitForFunctionAsync("() => Number(document.getElementById('rate').textContent) > 0");

        Assert.Empty(browser.Messages);
    }

    [Fact(Timeout = 240_000)]
    public async Task It_is_said_that_changes_hold_for_everybody_until_the_next_start()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        var page = await browser.OpenAsync(service.Client.BaseAddress!);

        foreach (var control in new[] { "#mode", "#threshold", "#privacy", "#appearance-form" })
        {
            var description = await page.EvaluateAsync<string>(
                "control => document.getElementById(document.querySelector(control).getAttribute('aria-describedby')).textContent", control);
            Assert.Contains("everybody who watches, until the site’s next start", description, StringComparison.Ordinal);
        }
    }

    /// <summary>The service under a name that is not this host's own: nobody there may change anything without a key.</summary>
    private static Uri Elsewhere(RunningService service) => new($"http://faces.lan:{service.Client.BaseAddress!.Port}/");

    private static async Task<(string Knob, string Number)> SliderAsync(IPage page)
    {
        var number = await page.InnerTextAsync("#threshold-value");
        Assert.Equal(number, await page.GetAttributeAsync("#threshold", "aria-valuetext"));
        return (await page.InputValueAsync("#threshold"), number);
    }

    private static Task<string> BackgroundAsync(IPage page) => page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");

    private static async Task<IPage> OpenAsync(Chromium browser, RunningService service)
    {
        var page = await browser.OpenAsync(service.Client.BaseAddress!);
        await page.WaitForFunctionAsync("() => document.getElementById('title-field').value !== ''");
        await page.EvaluateAsync("() => document.getElementById('appearance').open = true");
        return page;
    }
}
