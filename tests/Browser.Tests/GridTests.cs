using System.Text.Json;
using FaceEdge.Tests.Web;
using Microsoft.Playwright;

namespace FaceEdge.Tests.Browser;

/// <summary>Cameras of unlike shapes, all of them in view with the controls.</summary>
public sealed class GridTests
{
    private static readonly string[] Shapes = ["320x180", "240x240", "180x320", "320x240", "320x180", "320x120", "240x240", "180x240", "320x180"];

    /// <summary>What is not wholly in view, what a tile distorts or shares with another, and the part of the stage that frames take.</summary>
    private const string Layout = """
        () => {
            const box = element => element.getBoundingClientRect();
            const out = element => { const b = box(element); return b.left < 0 || b.top < 0 || b.right > innerWidth || b.bottom > innerHeight; };
            const tiles = [...document.querySelectorAll(".tile:not([hidden])")];
            const faults = [];
            for (const id of ["mode", "threshold", "device-camera", "wall", "status", "faces"]) {
                if (out(document.getElementById(id))) { faults.push(`${id} is out of view`); }
            }
            for (const tile of tiles) {
                const name = tile.querySelector(".name").textContent;
                const { width, height } = tile.querySelector("canvas");
                if (out(tile)) { faults.push(`${name} is out of view`); }
                if (Math.abs(box(tile).width / box(tile).height / (width / height) - 1) > 0.03) { faults.push(`${name} is distorted`); }
            }
            for (const [i, one] of tiles.entries()) {
                for (const other of tiles.slice(i + 1)) {
                    const [a, b] = [box(one), box(other)];
                    if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) { faults.push("tiles overlap"); }
                }
            }
            return faults;
        }
        """;

    [Theory(Timeout = 180_000)]
    [InlineData(1, 390, 844)]
    [InlineData(4, 390, 844)]
    [InlineData(9, 390, 844)]
    [InlineData(4, 844, 390)]
    [InlineData(1, 1440, 900)]
    [InlineData(4, 1440, 900)]
    [InlineData(9, 1440, 900)]
    [InlineData(4, 3840, 2160)]
    [InlineData(9, 3840, 2160)]
    public async Task Every_camera_and_the_controls_are_in_view(int cameras, int width, int height)
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await StartAsync(cameras);
        var page = await browser.OpenAsync(service.Client.BaseAddress!, width, height);
        await page.DrawnAsync(cameras);

        Assert.Empty(await page.FaultsAsync(Layout));
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
    }

    [Theory(Timeout = 240_000)]
    [InlineData(1920, 1080)]
    [InlineData(3840, 2160)]
    [InlineData(1080, 1920)]
    public async Task On_a_wall_every_camera_the_count_the_clock_and_the_state_fill_the_screen(int width, int height)
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await StartAsync(4);
        var page = await browser.OpenAsync(new Uri(service.Client.BaseAddress!, "/#wall"), width, height);
        await page.DrawnAsync(4);
        await page.TextAsync("wall-text", "Live");

        var seen = await page.EvaluateAsync<JsonElement>("""
            () => {
                const box = id => document.getElementById(id).getBoundingClientRect();
                const bar = box("wall-bar");
                return {
                    cut: [...document.querySelectorAll(".tile")].filter(tile => {
                        const b = tile.getBoundingClientRect();
                        return b.left < 0 || b.top < 0 || b.right > innerWidth || b.bottom > bar.top + 1;
                    }).length,
                    bar: bar.bottom <= innerHeight + 1 && bar.width === innerWidth,
                    sizes: ["wall-faces", "clock", "wall-status"].map(id => parseFloat(getComputedStyle(document.getElementById(id)).fontSize)),
                    clock: document.getElementById("clock").textContent,
                    side: getComputedStyle(document.getElementById("controls")).display,
                };
            }
            """);

        Assert.Equal(0, seen.GetProperty("cut").GetInt32());
        Assert.True(seen.GetProperty("bar").GetBoolean());
        Assert.All(seen.GetProperty("sizes").EnumerateArray(), size => Assert.True(size.GetDouble() >= 0.06 * Math.Min(width, height)));
        Assert.Matches("^[0-2][0-9]:[0-5][0-9]$", seen.GetProperty("clock").GetString());
        Assert.Equal("none", seen.GetProperty("side").GetString());
    }

    [Fact(Timeout = 240_000)]
    public async Task On_a_wall_a_lost_camera_with_a_long_name_leaves_most_of_the_screen_to_the_tiles()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync();
        await using var script = new ScriptedService();
        var page = await browser.OpenAsync(new Uri(service.Client.BaseAddress!, "/#wall"), 1920, 1080, prepare: script.PrepareAsync);
        await script.SendSettingsAsync();
        await script.SendCamerasAsync(new ScriptedCamera("a_camera_with_a_very_long_name_12") { State = "noSignal", AgeSeconds = null }, new ScriptedCamera("door"));

        await page.TextAsync("wall-text", "No frames from a_camera_with_a_very_long_name_12");

        Assert.True(await page.EvaluateAsync<double>("() => document.getElementById('wall-bar').getBoundingClientRect().height / innerHeight") < 0.25);
    }

    [Fact(Timeout = 240_000)]
    public async Task Full_screen_cuts_no_row_off_and_is_left_by_button_with_the_focus_where_it_was()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await StartAsync(4);
        var page = await browser.OpenAsync(service.Client.BaseAddress!, 1440, 900);
        await page.DrawnAsync(4);

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Full screen", Exact = true }).ClickAsync();
        await page.WaitForFunctionAsync("() => document.fullscreenElement !== null");

        Assert.Equal("Leave full screen", await page.FocusedAsync());
        Assert.True(await page.EvaluateAsync<bool>("() => [...document.querySelectorAll('.tile')].every(tile => tile.getBoundingClientRect().top >= 0)"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.fullscreenElement === null && document.getElementById('wall-bar').hidden");
        Assert.Equal("Full screen", await page.FocusedAsync());
    }

    [Fact(Timeout = 240_000)]
    public async Task Five_like_cameras_stand_as_three_and_two_and_all_are_of_one_size()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync([.. Enumerable.Range(1, 5).Select(i => $"--Cameras:c{i}:Url=demo:?size=320x180&fps=2&seed={i}")]);
        var page = await browser.OpenAsync(service.Client.BaseAddress!, 1600, 620);
        await page.DrawnAsync(5);

        var boxes = await page.EvaluateAsync<double[][]>("""
            () => [...document.querySelectorAll(".tile")].map(tile => { const b = tile.getBoundingClientRect(); return [b.top, b.width]; })
            """);

        Assert.Equal([3, 2], boxes.GroupBy(box => box[0]).Select(row => row.Count()));
        Assert.Single(boxes.Select(box => box[1]).Distinct());
    }

    [Fact(Timeout = 240_000)]
    public async Task Nine_cameras_come_as_narrow_as_they_are_shown_and_one_of_them_as_wide_as_it_is()
    {
        await using var browser = await Chromium.StartAsync();
        await using var service = await RunningService.StartAsync([.. Enumerable.Range(1, 9).Select(i => $"--Cameras:c{i}:Url=demo:?size=1280x720&fps=1&seed={i}")]);
        var page = await browser.OpenAsync(service.Client.BaseAddress!, 1440, 900);
        await page.DrawnAsync(9);

        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('.tile canvas')].every(canvas => canvas.width === 480)");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Enlarge c5" }).ClickAsync();

        await page.WaitForFunctionAsync("() => document.querySelector('.tile:not([hidden]) canvas').width === 1280");
    }

    private static Task<RunningService> StartAsync(int cameras) => RunningService.StartAsync(
        [.. Enumerable.Range(1, cameras).Select(i => $"--Cameras:c{i}:Url=demo:?size={Shapes[i - 1]}&fps=2&seed={i}")]);
}
