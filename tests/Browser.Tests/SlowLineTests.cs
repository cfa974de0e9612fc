using FaceEdge.Tests.Web;
using Microsoft.Playwright;

namespace FaceEdge.Tests.Browser;

/// <summary>
/// The page behind a line that carries one frame of 720p a second, while a neighbour on a fast one watches the same camera. Explicit: it measures, which takes
/// a quiet machine and some minutes (docs/measurements/2026-11-26-slow-lines.md). Which rung a line gets is tested in Web/PageLineTests, what the page says of
/// a slow one in <see cref="VisitorWordsTests"/>.
/// </summary>
public sealed class SlowLineTests(ITestOutputHelper output)
{
    /// <summary>Until the page has found its rung.</summary>
    private const int Settling = 25;

    private const int Judged = 60;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 600_000, Explicit = true)]
    [InlineData(500, 3, 1)]
    [InlineData(150, 0.7, 2)]
    public async Task On_a_slow_line_frames_keep_coming_hardly_late_and_a_neighbour_misses_nothing(int kilobits, double leastPerSecond, double longestDelay)
    {
        await using var line = await ThinLine.StartAsync(kilobits, RunningChromium.Program());
        await using var browser = await Chromium.StartAloneAsync(program: line.Program);
        await using var service = await RunningService.StartAsync($"--urls=http://{line.Address}:0", "--Cameras:camera:Url=demo:?size=1280x720&fps=15&faces=3");
        await service.FrameAsync();
        var page = await browser.OpenAsync(service.Client.BaseAddress!);
        await RunningService.UntilAsync(async () => (await DeliveredAsync(service)).Frames >= Settling);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var neighbour = CountFramesAsync(service, stop.Token);
        var (before, detected, start) = (await DeliveredAsync(service), await DetectedAsync(service), TimeProvider.System.GetTimestamp());
        await RunningService.UntilAsync(async () => (await DeliveredAsync(service)).Frames >= before.Frames + Judged);
        var (after, seconds) = (await DeliveredAsync(service), TimeProvider.System.GetElapsedTime(start).TotalSeconds);
        detected = await DetectedAsync(service) - detected;
        await stop.CancelAsync();

        var perSecond = (after.Frames - before.Frames) / seconds;
        var delay = (after.Seconds - before.Seconds) / (after.Frames - before.Frames);
        await page.WaitForFunctionAsync("() => document.getElementById('line').textContent.startsWith('The line to this screen is slow (about ')");
        output.WriteLine(FormattableString.Invariant(
            $"{kilobits} kbit/s: {perSecond:0.0} frames/s, {1000 * delay:0} ms; neighbour {await neighbour} of {detected} in {seconds:0.0} s; \"{await page.InnerTextAsync("#line")}\""));
        if (Environment.GetEnvironmentVariable("FACEEDGE_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"slow-line-{kilobits}.png") });
        }

        Assert.InRange(perSecond, leastPerSecond, 15);
        Assert.InRange(delay, 0, longestDelay);
        Assert.InRange(await neighbour, 0.8 * detected, detected + 5);
    }

    /// <summary>Nothing is acknowledged there: the page measures what comes through, and asks for less.</summary>
    [Theory(Timeout = 600_000, Explicit = true)]
    [InlineData(500)]
    [InlineData(150)]
    public async Task Without_WebSocket_the_page_asks_for_what_a_slow_line_carries_and_frames_keep_coming(int kilobits)
    {
        await using var line = await ThinLine.StartAsync(kilobits, RunningChromium.Program());
        await using var browser = await Chromium.StartAloneAsync(program: line.Program);
        await using var service = await RunningService.StartAsync($"--urls=http://{line.Address}:0", "--Cameras:camera:Url=demo:?size=1280x720&fps=15&faces=3");
        await service.FrameAsync();
        var page = await browser.OpenAsync(service.Client.BaseAddress!, prepare: page => page.AddInitScriptAsync("delete window.WebSocket; " + CountDrawn));
        await page.WaitForFunctionAsync("() => document.getElementById('line').textContent.startsWith('The line to this screen is slow (about ')");
        await DrawnAsync(page, Settling);
        var (detected, start) = (await DetectedAsync(service), TimeProvider.System.GetTimestamp());
        var (perSecond, width) = await DrawnAsync(page, Judged);
        var offered = (await DetectedAsync(service) - detected) / TimeProvider.System.GetElapsedTime(start).TotalSeconds;

        output.WriteLine(FormattableString.Invariant($"{kilobits} kbit/s: {perSecond:0.0} of {offered:0.0} frames/s, {width} wide, {await page.InnerTextAsync("#delay")} s: {await page.InnerTextAsync("#line")}"));
        Assert.InRange(width, 480, 640);
    }

    /// <summary>Counts the frames that are drawn, and notes how wide they are.</summary>
    private const string CountDrawn = """
        window.drawn = 0;
        const draw = CanvasRenderingContext2D.prototype.drawImage;
        CanvasRenderingContext2D.prototype.drawImage = function (frame, ...rest) { window.drawn++; window.drawnWidth = frame.width; return draw.call(this, frame, ...rest); };
        """;

    private static async Task<(double PerSecond, int Width)> DrawnAsync(IPage page, int frames)
    {
        var (before, start) = (await page.EvaluateAsync<int>("() => window.drawn"), TimeProvider.System.GetTimestamp());
        await page.WaitForFunctionAsync("drawn => window.drawn >= drawn", before + frames, new PageWaitForFunctionOptions { Timeout = 240_000 });
        return (frames / TimeProvider.System.GetElapsedTime(start).TotalSeconds, await page.EvaluateAsync<int>("() => window.drawnWidth"));
    }

    private static async Task<(double Frames, double Seconds)> DeliveredAsync(RunningService service) =>
        (await service.MetricAsync("faceedge_delivery_seconds_count"), await service.MetricAsync("faceedge_delivery_seconds_sum"));

    private static Task<double> DetectedAsync(RunningService service) => service.MetricAsync("faceedge_frames_detected_total");

    private static async Task<int> CountFramesAsync(RunningService service, CancellationToken stop)
    {
        var frames = 0;
        try
        {
            using var answer = await service.Client.GetAsync("/stream.mjpg", HttpCompletionOption.ResponseHeadersRead, stop);
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(stop), System.Text.Encoding.Latin1);
            while (await reader.ReadLineAsync(stop) is { } text)
            {
                frames += text.StartsWith("Content-Length: ", StringComparison.Ordinal) ? 1 : 0;
            }
        }
        catch (OperationCanceledException)
        {
            // Enough was counted.
        }

        return frames;
    }
}
