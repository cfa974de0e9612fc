using System.Text.Json;
using FaceEdge.Tests.Web;

namespace FaceEdge.Tests.Browser;

/// <summary>A visitor's own camera where a proxy passes no WebSocket on. The browser lends its camera to localhost.</summary>
public sealed class VisitorOverHttpTests
{
    [Fact(Timeout = 240_000)]
    public async Task Frames_of_the_device_are_posted_one_at_a_time_and_boxes_come_back()
    {
        var film = Film.Write();
        try
        {
            await using var browser = await Chromium.StartAloneAsync(film);
            await using var service = await RunningService.StartAsync("--Cameras:camera:Url=demo:?size=320x240&fps=5&faces=1");
            Assert.SkipWhen(
                (await service.GetJsonAsync("/api/v1/info")).GetProperty("model").ValueKind == JsonValueKind.Null, "There is no model on this machine.");
            await using var nginx = await Nginx.StartAsync($"location / {{ proxy_pass {service.Client.BaseAddress}; proxy_set_header Host $http_host; }}");
            var page = await browser.OpenAsync(new Uri($"http://localhost:{nginx.Port}/"));
            var (posts, underway, most) = (0, 0, 0);
            var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            page.Request += (_, request) => Count(request.Url, () =>
            {
                most = Math.Max(most, ++underway);
                if (++posts == 2)
                {
                    second.SetResult();
                }
            });
            page.RequestFinished += (_, request) => Count(request.Url, () => underway--);

            await page.GetByText("Use this device’s camera").ClickAsync();

            await page.WaitForFunctionAsync("() => document.querySelector('#tiles .name').textContent === 'This device'");
            await page.WaitForFunctionAsync("() => Number(document.getElementById('faces').textContent) > 0");
            await page.WaitForFunctionAsync("() => Number(document.getElementById('rate').textContent) > 1");
            await second.Task.WaitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(1, most);
            await page.GetByText("Back to the site’s camera").ClickAsync();
            await page.WaitForFunctionAsync("() => document.querySelector('#tiles .name').textContent === 'camera'");
        }
        finally
        {
            File.Delete(film);
        }
    }

    private static void Count(string url, Action action)
    {
        if (url.EndsWith("/api/v1/detect", StringComparison.Ordinal))
        {
            action();
        }
    }
}
