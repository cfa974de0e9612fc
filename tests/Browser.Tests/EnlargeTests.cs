using FaceEdge.Tests.Web;
using Microsoft.Playwright;

namespace FaceEdge.Tests.Browser;

/// <summary>One camera of several: chosen, named, linked to, zoomed, saved and left again.</summary>
public sealed class EnlargeTests
{
    private static readonly string[] All = ["door", "hall", "yard"];

    private static readonly string[] Hall = ["hall"];

    [Fact(Timeout = 240_000)]
    public async Task A_click_enlarges_a_camera_and_its_button_with_the_focus_on_it_leads_back()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await StartAsync();
        var page = await OpenAsync(browser, service);

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Enlarge hall" }).ClickAsync();

        Assert.Equal(Hall, await page.InViewAsync());
        Assert.Equal("All cameras", await page.FocusedAsync());
        Assert.Contains(Hall.Single(), page.Url, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "All cameras" }).ClickAsync();
        await page.DrawnAsync(3);
        Assert.Equal("Enlarge hall", await page.FocusedAsync());
        Assert.DoesNotContain("#", page.Url, StringComparison.Ordinal);
        Assert.Empty(browser.Errors);
    }

    [Fact(Timeout = 240_000)]
    public async Task The_keyboard_enlarges_a_camera_and_Escape_leads_back_to_it()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await StartAsync();
        var page = await OpenAsync(browser, service);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Enlarge yard" }).FocusAsync();

        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.tile:not([hidden])').length === 1");
        await page.Keyboard.PressAsync("Escape");

        await page.DrawnAsync(3);
        Assert.Equal("Enlarge yard", await page.FocusedAsync());
    }

    [Fact(Timeout = 240_000)]
    public async Task Back_and_forward_go_between_all_cameras_and_one()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await StartAsync();
        var page = await OpenAsync(browser, service);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Enlarge hall" }).ClickAsync();

        await page.GoBackAsync();
        await page.DrawnAsync(3);
        Assert.Equal(All, await page.InViewAsync());
        await page.GoForwardAsync();
        await page.DrawnAsync(1);

        Assert.Equal(Hall, await page.InViewAsync());
    }

    [Fact(Timeout = 240_000)]
    public async Task A_link_shows_one_camera_and_Escape_leads_to_all()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await StartAsync();

        var page = await browser.OpenAsync(new Uri(service.Client.BaseAddress!, "/#camera=hall"));
        await page.DrawnAsync(1);

        Assert.Equal(Hall, await page.InViewAsync());
        await page.Keyboard.PressAsync("Escape");
        await page.DrawnAsync(3);
    }

    [Fact(Timeout = 240_000)]
    public async Task A_link_to_a_camera_that_is_gone_says_so_and_shows_all()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await StartAsync();

        var page = await browser.OpenAsync(new Uri(service.Client.BaseAddress!, "/#camera=roof"));
        await page.DrawnAsync(3);

        Assert.Equal("There is no camera “roof” at this site. All cameras are shown.", await page.InnerTextAsync("#notice-text"));
    }

    [Fact(Timeout = 240_000)]
    public async Task The_chosen_camera_is_saved_as_a_picture_under_its_name()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await StartAsync();
        var page = await browser.OpenAsync(new Uri(service.Client.BaseAddress!, "/#camera=hall"));
        await page.DrawnAsync(1);

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Save picture" }).ClickAsync());

        Assert.Matches(@"^hall-\d{4}-\d\d-\d\d-\d{6}\.jpg$", download.SuggestedFilename);
        Assert.EndsWith("/cameras/hall/snapshot.jpg", download.Url, StringComparison.Ordinal);
        Assert.Equal([0xff, 0xd8], (await File.ReadAllBytesAsync(await download.PathAsync(), TestContext.Current.CancellationToken))[..2]);
    }

    [Fact(Timeout = 240_000)]
    public async Task A_camera_is_zoomed_by_button_key_and_double_click_and_moved_by_arrows_and_dragging_within_its_edges()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await StartAsync();
        var page = await browser.OpenAsync(new Uri(service.Client.BaseAddress!, "/#camera=hall"));
        await page.DrawnAsync(1);
        var enlarge = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Zoom in" });
        Assert.True(await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Zoom out" }).IsDisabledAsync());

        await enlarge.ClickAsync();
        var byButton = await ScaleAsync(page);
        await page.Keyboard.PressAsync("+");
        var byKey = await ScaleAsync(page);
        await page.Keyboard.PressAsync("ArrowRight");
        var right = await LeftAsync(page);
        await page.Keyboard.PressAsync("0");
        await page.Locator(".tile:not([hidden]) .view").DblClickAsync();
        var byDoubleClick = await ScaleAsync(page);
        var view = (await page.Locator(".tile:not([hidden]) .view").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(view.X + (view.Width / 2), view.Y + (view.Height / 3));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(view.X + view.Width + 2000, view.Y + (view.Height / 3));
        await page.Mouse.UpAsync();
        var dragged = await LeftAsync(page);

        Assert.Equal([1.5, 2.25, 2], [byButton, byKey, byDoubleClick]);
        Assert.True(right < view.X - (view.Width * 0.62));
        Assert.InRange(dragged, view.X - 1, view.X + 1);
        await page.Keyboard.PressAsync("Escape");
        await page.DrawnAsync(3);
        Assert.Equal(1, await page.EvaluateAsync<double>("() => new DOMMatrix(getComputedStyle(document.querySelectorAll('.tile canvas')[1]).transform).a"));
    }

    [Fact(Timeout = 240_000)]
    public async Task Two_fingers_zoom_the_camera_and_not_the_page()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await StartAsync();
        var page = await browser.OpenAsync(new Uri(service.Client.BaseAddress!, "/#camera=hall"), 390, 844);
        await page.DrawnAsync(1);
        var view = (await page.Locator(".tile:not([hidden]) .view").BoundingBoxAsync())!;
        var middle = (X: view.X + (view.Width / 2), Y: view.Y + (view.Height / 2));
        var device = await page.Context.NewCDPSessionAsync(page);

        await TouchAsync("touchStart", 30);
        for (var apart = 40; apart <= 90; apart += 10)
        {
            await TouchAsync("touchMove", apart);
        }

        await TouchAsync("touchEnd", null);

        Assert.InRange(await ScaleAsync(page), 2, 4);
        Assert.Equal(1, await page.EvaluateAsync<double>("() => visualViewport.scale"));

        Task TouchAsync(string type, float? apart) => device.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>
        {
            ["type"] = type,
            ["touchPoints"] = apart is { } distance
                ? new[] { new { x = middle.X - distance, y = middle.Y, id = 1 }, new { x = middle.X + distance, y = middle.Y, id = 2 } }
                : [],
        });
    }

    [Fact(Timeout = 240_000)]
    public async Task Tiles_tell_the_count_and_the_frames_a_second()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await StartAsync();
        var page = await OpenAsync(browser, service);

        await page.WaitForFunctionAsync("""
            () => [...document.querySelectorAll(".tile")].every(tile => /^\d+ faces?$/.test(tile.querySelector(".count").textContent) && /^[\d.]+\/s$/.test(tile.querySelector(".pace").textContent))
            """);
    }

    [Fact(Timeout = 240_000)]
    public async Task A_single_camera_has_nothing_to_go_back_to()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync("--Cameras:door:Url=demo:?size=320x240&fps=2");
        var page = await browser.OpenAsync(service.Client.BaseAddress!);
        await page.DrawnAsync(1);

        Assert.False(await page.GetByText("All cameras").IsVisibleAsync());
        Assert.True(await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Zoom in" }).IsVisibleAsync());
    }

    private static Task<double> ScaleAsync(IPage page) =>
        page.EvaluateAsync<double>("() => new DOMMatrix(getComputedStyle(document.querySelector('.tile:not([hidden]) canvas')).transform).a");

    private static Task<double> LeftAsync(IPage page) =>
        page.EvaluateAsync<double>("() => document.querySelector('.tile:not([hidden]) canvas').getBoundingClientRect().left");

    private static async Task<IPage> OpenAsync(Chromium browser, RunningService service)
    {
        var page = await browser.OpenAsync(service.Client.BaseAddress!);
        await page.DrawnAsync(3);
        return page;
    }

    private static Task<RunningService> StartAsync() =>
        RunningService.StartAsync([.. All.Select((name, i) => $"--Cameras:{name}:Url=demo:?size=320x240&fps=2&seed={i}")]);
}
