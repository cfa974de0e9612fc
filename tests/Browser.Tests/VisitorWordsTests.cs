using System.Net;
using System.Net.Http.Headers;
using FaceEdge.Tests.Web;
using Microsoft.Playwright;

namespace FaceEdge.Tests.Browser;

/// <summary>What the page says to visitors of the state it is in, and what it keeps for engineers.</summary>
public sealed class VisitorWordsTests
{
    private static readonly string[] Internals = ["rtsp", "RTSP_URL", "10.0.0.7", "Inference", "MJPEG", "Metrics", "API", "WebSocket", "glass", "latency"];

    [Fact(Timeout = 240_000)]
    public async Task A_slow_camera_keeps_its_last_count_and_the_count_has_its_age()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        await using var script = new ScriptedService();
        var page = await browser.OpenAsync(service.Client.BaseAddress!, prepare: script.PrepareAsync);
        await script.SendSettingsAsync();
        await script.SendCamerasAsync(new ScriptedCamera("gate") { Faces = 1, FramesPerSecond = 0.2, ProcessedPerSecond = 0.2 });
        await page.TextAsync("faces", "1");
        await page.EvaluateAsync("""
            () => {
                window.shown = [];
                new MutationObserver(() => shown.push(document.getElementById("faces").textContent)).observe(document.getElementById("faces"), { childList: true, characterData: true, subtree: true });
            }
            """);

        for (var age = 1; age <= 5; age++)
        {
            await script.SendCamerasAsync(new ScriptedCamera("gate") { Faces = 1, AgeSeconds = age, FramesPerSecond = 0.2, ProcessedPerSecond = 0.2 });
        }

        await page.TextAsync("faces-age", "5 s ago");
        await page.TextAsync("line", "The camera sends one frame in 5 seconds.");
        Assert.Empty(await page.EvaluateAsync<string[]>("() => shown"));
    }

    [Fact(Timeout = 240_000)]
    public async Task What_brings_frames_late_is_called_slow_the_line_or_the_computer_and_the_slowest_camera_is_named()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        await using var script = new ScriptedService();
        var page = await browser.OpenAsync(service.Client.BaseAddress!, prepare: script.PrepareAsync);
        await script.SendSettingsAsync();
        await script.SendCamerasAsync(new ScriptedCamera("door"), new ScriptedCamera("hall"));
        var told = page.WaitForFunctionAsync("() => document.getElementById('line').textContent.startsWith('The line to this screen is slow: frames come 3.4 s late') && document.getElementById('delay-label').textContent === 'Delay, at most (hall)' && document.getElementById('delay').textContent === '3.4'");
        await script.SendFramesUntilAsync(told, 90, 3400);

        script.SiteMilliseconds = 3000;
        await script.SendFramesUntilAsync(page.WaitForFunctionAsync("() => document.getElementById('line').textContent.startsWith('The site’s computer is busy: frames come 3.4 s late')"), 90, 3400);
    }

    [Fact(Timeout = 240_000)]
    public async Task Frames_that_stop_coming_are_told_and_not_called_live_alone()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        await using var script = new ScriptedService();
        var page = await browser.OpenAsync(service.Client.BaseAddress!, prepare: script.PrepareAsync);
        await script.SendSettingsAsync();

        await script.SendCamerasAsync(new ScriptedCamera("door"));

        await page.TextAsync("line", "The line to this screen is slow: no frames come through.");
    }

    [Fact(Timeout = 240_000)]
    public async Task A_busy_computer_is_told_from_a_slow_line()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        await using var script = new ScriptedService();
        var page = await browser.OpenAsync(service.Client.BaseAddress!, prepare: script.PrepareAsync);
        await script.SendSettingsAsync();

        await script.SendCamerasAsync(new ScriptedCamera("door") { FramesPerSecond = 25, ProcessedPerSecond = 4 });

        await page.TextAsync("line", "The site’s computer searches 4 of 25 frames a second from door.");
    }

    [Fact(Timeout = 240_000)]
    public async Task A_lost_camera_is_told_with_day_time_and_the_viewers_zone_and_the_cause_only_behind_Details()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        await using var script = new ScriptedService();
        var page = await browser.OpenAsync(service.Client.BaseAddress!, prepare: script.PrepareAsync);
        await script.SendSettingsAsync();

        await script.SendCamerasAsync(new ScriptedCamera("gate") { State = "noSignal", Reason = "10.0.0.7:554: no connection", AgeSeconds = null });

        await page.WaitForFunctionAsync("() => /^No frames from gate since Thu,? 26 Nov,? 14:05 CET$/.test(document.getElementById('status-text').textContent)");
        Assert.Matches("^no signal since Thu,? 26 Nov,? 14:05 CET$", await page.InnerTextAsync(".told"));
        var visible = await page.InnerTextAsync("body");
        Assert.All(Internals, word => Assert.DoesNotContain(word, visible, StringComparison.OrdinalIgnoreCase));
        await page.Locator("#details > summary").ClickAsync();
        await page.GetByText("10.0.0.7:554: no connection").WaitForAsync();
        Assert.Contains("rtsp://10.0.0.7:554/stream", await page.InnerTextAsync("#camera-details"), StringComparison.Ordinal);
    }

    [Theory(Timeout = 240_000)]
    [InlineData(390, 844)]
    [InlineData(1440, 900)]
    public async Task The_caption_of_a_lost_camera_with_a_long_name_keeps_its_time_within_the_tile(int width, int height)
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        await using var script = new ScriptedService();
        var page = await browser.OpenAsync(service.Client.BaseAddress!, width, height, prepare: script.PrepareAsync);
        await script.SendSettingsAsync();
        await script.SendCamerasAsync([.. Enumerable.Range(1, 9).Select(i => new ScriptedCamera($"the_{i}_camera_with_a_very_long_nam") { State = "noSignal", AgeSeconds = null })]);
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.tile').length === 9 && document.querySelector('.told').textContent !== ''");

        Assert.Empty(await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll(".tile")].filter(tile => {
                const told = tile.querySelector(".told").getBoundingClientRect();
                const box = tile.getBoundingClientRect();
                return told.height === 0 || told.bottom > box.bottom || told.right > box.right;
            }).map(tile => tile.textContent)
            """));
    }

    [Fact(Timeout = 240_000)]
    public async Task In_the_mode_Eyes_people_whose_eyes_were_found_are_counted()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Detector:Mode=eyes");
        var page = await browser.OpenAsync(service.Client.BaseAddress!);

        await page.TextAsync("faces-label", "People with eyes found");
        await page.WaitForFunctionAsync("() => /^(1 person|\\d+ people)$/.test(document.querySelector('.count').textContent)");
    }

    [Fact(Timeout = 240_000)]
    public async Task The_page_says_what_is_found_what_is_kept_and_who_runs_the_site()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Site:Contact=help@bakery.example");
        await using var script = new ScriptedService();
        var page = await browser.OpenAsync(service.Client.BaseAddress!, prepare: script.PrepareAsync);
        await script.SendSettingsAsync(""","privacy":"blur" """);
        await script.SendCamerasAsync(new ScriptedCamera("door") { Privacy = "blur" });
        await page.TextAsync("contact", "help@bakery.example");
        await page.TextAsync("privacy-mode", "Faces are made unrecognisable before a picture leaves the site’s computer.");

        var told = await page.InnerTextAsync(".privacy");

        Assert.Contains("Faces are found, not recognised", told, StringComparison.Ordinal);
        Assert.Contains("No picture is kept", told, StringComparison.Ordinal);
        Assert.Equal("mailto:help@bakery.example", await page.GetAttributeAsync("#contact a", "href"));
    }

    [Fact(Timeout = 240_000)]
    public async Task Cameras_that_hide_more_than_others_are_named()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        await using var script = new ScriptedService();
        var page = await browser.OpenAsync(service.Client.BaseAddress!, prepare: script.PrepareAsync);
        await script.SendSettingsAsync(""","privacy":"none" """);

        await script.SendCamerasAsync(new ScriptedCamera("door"), new ScriptedCamera("hall") { Privacy = "boxes" });

        await page.TextAsync(
            "privacy-mode",
            "door: Whoever opens this page sees the pictures as the cameras take them. hall: No picture leaves the site’s computer: only boxes are shown where faces are.");
    }

    [Fact(Timeout = 240_000)]
    public async Task A_notice_covers_nothing()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Cameras:door:Url=demo:?size=320x240&fps=2", "--Cameras:hall:Url=demo:?size=320x240&fps=2");
        var page = await browser.OpenAsync(new Uri(service.Client.BaseAddress!, "/#camera=roof"));
        await page.Locator("#notice").WaitForAsync();
        await page.DrawnAsync(2);

        Assert.Empty(await page.EvaluateAsync<string[]>("""
            () => {
                const notice = document.getElementById("notice").getBoundingClientRect();
                return [...document.querySelectorAll(".tile, .card, #bar, h1")].filter(element => {
                    const box = element.getBoundingClientRect();
                    return box.top < notice.bottom && box.bottom > notice.top;
                }).map(element => element.id || element.className);
            }
            """));
    }

    [Fact(Timeout = 240_000)]
    public async Task No_badge_is_shown_before_it_is_known_what_stands_on_it()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        var page = await browser.OpenAsync(service.Client.BaseAddress!, prepare: page => page.RouteAsync("**/api/v1/info", _ => Task.CompletedTask));
        await page.DrawnAsync(1);

        Assert.False(await page.Locator("#environment").IsVisibleAsync());
    }

    [Fact(Timeout = 240_000)]
    public async Task Names_written_from_right_to_left_are_shown_so()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Page:Title=كاميرا المدخل", "--Site:Name=חנות");
        var page = await browser.OpenAsync(service.Client.BaseAddress!);
        await page.TextAsync("title", "كاميرا المدخل");
        await page.TextAsync("site", "חנות");

        Assert.Equal(["rtl", "rtl"], await page.EvaluateAsync<string[]>("() => ['title', 'site'].map(id => getComputedStyle(document.getElementById(id)).direction)"));
    }

    [Fact(Timeout = 240_000)]
    public async Task Forced_colours_show_the_mode_the_state_and_the_borders()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        var page = await browser.OpenAsync(service.Client.BaseAddress!);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ForcedColors = ForcedColors.Active });
        await page.WaitForFunctionAsync("() => document.getElementById('status').dataset.state === 'live'");

        var colours = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll(".segmented span"), document.querySelector("#status .dot"), document.body].map(e => getComputedStyle(e).backgroundColor)
            """);

        Assert.NotEqual(colours[0], colours[1]);
        Assert.NotEqual(colours[2], colours[3]);
    }

    [Fact(Timeout = 240_000)]
    public async Task Without_JavaScript_there_is_a_stream_and_no_control_that_does_nothing()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        var page = await browser.OpenAsync(service.Client.BaseAddress!, scripts: false);

        await page.GetByAltText("The first camera, live").WaitForAsync();

        Assert.Equal(0, await page.Locator("button:visible, input:visible, summary:visible").CountAsync());
    }

    [Fact(Timeout = 240_000)]
    public async Task Printed_are_the_frames_and_the_count_and_no_buttons()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Page:Title=On paper");
        var page = await browser.OpenAsync(service.Client.BaseAddress!);
        await page.DrawnAsync(1);
        await page.TextAsync("title", "On paper");

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        Assert.Equal(0, await page.Locator("button:visible, input:visible, summary:visible, .pick:visible").CountAsync());
        Assert.True(await page.Locator("h1").IsVisibleAsync() && await page.Locator(".tile canvas").IsVisibleAsync() && await page.Locator("#faces").IsVisibleAsync());
        Assert.Equal("rgb(0, 0, 0)", await page.EvaluateAsync<string>("() => getComputedStyle(document.body).color"));
    }

    [Fact(Timeout = 240_000)]
    public async Task A_browser_gets_a_page_in_words_under_a_name_that_the_site_does_not_know_and_a_program_gets_problem_details()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        var page = await browser.OpenAsync(new Uri($"http://faces.example:{service.Client.BaseAddress!.Port}/"));

        Assert.Equal("This site is not known by that name", await page.TitleAsync());
        Assert.DoesNotContain("Http:AllowedHosts", await page.InnerTextAsync("body"), StringComparison.Ordinal);
        await page.GetByText("Details").ClickAsync();
        Assert.Contains("add the name to Http:AllowedHosts", await page.InnerTextAsync("body"), StringComparison.Ordinal);
        Assert.Equal("grid", await page.EvaluateAsync<string>("() => getComputedStyle(document.body).display"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "faces.example" } };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.MisdirectedRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }
}
