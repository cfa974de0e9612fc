using System.Collections.Concurrent;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(FaceEdge.Tests.Browser.SharedChromium))]

namespace FaceEdge.Tests.Browser;

/// <summary>The system's Chromium as one test has it: pages of its own in contexts of their own, and what their consoles said.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    /// <summary>Far more than any step takes: two cores are shared by all test programs and their browsers.</summary>
    private const float PageTimeoutMilliseconds = 90_000;

    /// <summary>
    /// What the browser itself writes where the machine is so busy that a page gives its connection up and asks why: it says nothing of the page.
    /// </summary>
    private static readonly string[] Outage = ["WebSocket connection to ", "status of 426"];

    private readonly ConcurrentQueue<IBrowserContext> _contexts = new();
    private readonly RunningChromium _running;
    private readonly bool _isShared;

    private Chromium(RunningChromium running, bool isShared)
    {
        _running = running;
        _isShared = isShared;
    }

    /// <summary>Errors of all pages.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>All that the consoles of all pages show, hints included.</summary>
    public ConcurrentQueue<string> Messages { get; } = new();

    /// <summary>Gives the assembly's browser to a test; skips the test where there is none.</summary>
    public static async Task<Chromium> StartAsync() => new(await SharedChromium.StartAsync(), isShared: true);

    /// <summary>Starts a browser for one test alone; skips the test where there is none.</summary>
    /// <param name="camera">A file of JPEG frames one after the other, shown as the device's camera; null for none.</param>
    /// <param name="program">What starts it in another place; null for the browser itself.</param>
    public static async Task<Chromium> StartAloneAsync(string? camera = null, string? program = null) => new(await RunningChromium.StartAsync(camera, program), isShared: false);

    /// <param name="address">What is opened.</param>
    /// <param name="width">Of the window, in pixels.</param>
    /// <param name="height">Of the window, in pixels.</param>
    /// <param name="scheme">What the visitor prefers.</param>
    /// <param name="scripts">False for a browser whose JavaScript is off.</param>
    /// <param name="prepare">Changes the page before anything is loaded.</param>
    public async Task<IPage> OpenAsync(
        Uri address, int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Dark, bool scripts = true, Func<IPage, Task>? prepare = null)
    {
        var context = await _running.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
            TimezoneId = "Europe/Berlin",
            Locale = "en-GB",
            Permissions = ["camera"],
        });
        context.SetDefaultTimeout(PageTimeoutMilliseconds);
        _contexts.Enqueue(context);
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (Array.Exists(Outage, text => message.Text.Contains(text, StringComparison.Ordinal)))
            {
                return;
            }

            Messages.Enqueue(message.Text);
            if (message.Type == "error")
            {
                Errors.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => Errors.Enqueue(error);
        if (prepare is not null)
        {
            await prepare(page);
        }

        await page.GotoAsync(address.AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
        {
            await context.DisposeAsync();
        }

        if (!_isShared)
        {
            await _running.DisposeAsync();
        }
    }
}
