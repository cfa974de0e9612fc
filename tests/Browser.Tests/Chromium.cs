using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace FaceEdge.Tests.Browser;

/// <summary>The system's Chromium, and what its console said. Names below .lan lead to this machine: to the browser they are others.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    /// <summary>Errors of all pages.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>All that the consoles of all pages show, hints included.</summary>
    public ConcurrentQueue<string> Messages { get; } = new();

    /// <summary>Starts the browser; skips the test where there is none.</summary>
    /// <param name="camera">A file of JPEG pictures one after the other, shown as the device's camera; null for none.</param>
    /// <param name="program">What starts it in another place; null for the browser itself.</param>
    /// <param name="hosts">Which names lead where, as Chromium's host rules write it.</param>
    public static async Task<Chromium> StartAsync(string? camera = null, string? program = null, string hosts = "MAP *.lan 127.0.0.1")
    {
        program ??= Program();
        List<string> arguments =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", $"--host-resolver-rules={hosts}",
        ];
        if (camera is not null)
        {
            arguments.AddRange(
                ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--use-file-for-fake-video-capture=" + camera]);
        }

        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = arguments });
        return new Chromium(playwright, browser);
    }

    /// <summary>Where the browser is; skips the test where there is none.</summary>
    public static string Program()
    {
        var program = Array.Find(Places, File.Exists);
        Assert.SkipWhen(program is null, "There is no Chromium on this machine: apt-get install chromium.");
        return program;
    }

    /// <param name="address">What is opened.</param>
    /// <param name="width">Of the window, in pixels.</param>
    /// <param name="height">Of the window, in pixels.</param>
    /// <param name="scheme">What the visitor prefers.</param>
    /// <param name="scripts">False for a browser whose JavaScript is off.</param>
    /// <param name="prepare">Changes the page before anything is loaded.</param>
    public async Task<IPage> OpenAsync(
        Uri address, int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Dark, bool scripts = true, Func<IPage, Task>? prepare = null)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
            TimezoneId = "Europe/Berlin",
            Locale = "en-GB",
            Permissions = ["camera"],
        });
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            Messages.Enqueue(message.Text);
            if (message.Type == "error")
            {
                Complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Enqueue(error);
        if (prepare is not null)
        {
            await prepare(page);
        }

        await page.GotoAsync(address.AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
