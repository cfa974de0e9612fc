using Microsoft.Playwright;

namespace FaceEdge.Tests.Browser;

/// <summary>A process of the system's Chromium. Names below .lan, and faces.example, lead to this machine: to the browser they are others.</summary>
internal sealed class RunningChromium : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright _playwright;

    private RunningChromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        Browser = browser;
    }

    public IBrowser Browser { get; }

    /// <summary>Where the browser is; skips the test where there is none.</summary>
    public static string Program()
    {
        var program = Array.Find(Places, File.Exists);
        Assert.SkipWhen(program is null, "There is no Chromium on this machine: apt-get install chromium.");
        return program;
    }

    /// <summary>Starts the browser; skips the test where there is none.</summary>
    /// <param name="camera">A file of JPEG frames one after the other, shown as the device's camera; null for none.</param>
    /// <param name="program">What starts it in another place; null for the browser itself.</param>
    public static async Task<RunningChromium> StartAsync(string? camera = null, string? program = null)
    {
        program ??= Program();
        List<string> arguments =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP *.lan 127.0.0.1, MAP faces.example 127.0.0.1",
        ];
        if (camera is not null)
        {
            arguments.AddRange(
                ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--use-file-for-fake-video-capture=" + camera]);
        }

        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = arguments });
        return new RunningChromium(playwright, browser);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
