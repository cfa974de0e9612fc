using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FaceEdge.Imaging;

namespace FaceEdge.Tests.Web;

public sealed class StreamTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 600_000)]
    public async Task Fifty_viewers_share_one_encoding()
    {
        await using var service = await RunningService.StartAsync();
        await service.FrameAsync();
        var before = await CountsAsync(service);

        var viewers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ReadFramesAsync(service, "/stream.mjpg", 4)));

        Assert.All(viewers, frames => Assert.Equal(4, frames));
        var after = await CountsAsync(service);

        // Beside those of the frames received meanwhile: the one that greets the first viewer, and frames between the two counters of an answer.
        Assert.InRange(after.Encoded - before.Encoded, 4, after.Received - before.Received + 6);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_viewer_that_vanishes_is_noticed()
    {
        await using var service = await RunningService.StartAsync();
        var viewer = await AskAsync(service);
        await RunningService.UntilAsync(async () => await service.MetricAsync("faceedge_viewers") == 1);

        viewer.Client.Close();

        await RunningService.UntilAsync(async () => await service.MetricAsync("faceedge_viewers") == 0);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_viewer_that_never_reads_slows_nobody_and_is_given_up()
    {
        await using var service = await RunningService.StartAsync("--Stream:WriteTimeoutSeconds=15", "--Cameras:camera:Url=demo:?size=1280x720&fps=30");
        using var stuck = await AskAsync(service);
        await RunningService.UntilAsync(async () => await service.MetricAsync("faceedge_viewers") == 1);

        Assert.Equal(10, await ReadFramesAsync(service, "/stream.mjpg", 10));
        await RunningService.UntilAsync(async () => await service.MetricAsync("faceedge_viewers") == 0);
    }

    [Fact(Timeout = 600_000)]
    public async Task One_viewer_too_many_is_told_to_come_back()
    {
        await using var service = await RunningService.StartAsync("--Stream:MaxViewers=1");
        using var first = await AskAsync(service);
        await RunningService.UntilAsync(async () => await service.MetricAsync("faceedge_viewers") == 1);

        var second = await service.Client.GetAsync("/stream.mjpg", HttpCompletionOption.ResponseHeadersRead, Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        Assert.NotNull(second.Headers.RetryAfter);
    }

    [Fact(Timeout = 600_000)]
    public async Task Each_camera_has_its_own_stream_and_snapshot()
    {
        await using var service = await RunningService.StartAsync(
            "--Cameras:door:Url=demo:?size=320x240&fps=10", "--Cameras:yard:Url=demo:?size=400x240&fps=10");
        await RunningService.UntilAsync(async () =>
            (await service.GetJsonAsync("/api/v1/cameras")).EnumerateArray().All(camera => camera.GetProperty("state").GetString() == "live"));

        Assert.Equal(2, await ReadFramesAsync(service, "/cameras/yard/stream.mjpg", 2));
        Assert.NotEmpty(await service.SnapshotAsync("/cameras/door/snapshot.jpg"));
        var unknown = await service.Client.GetAsync("/cameras/roof/stream.mjpg", Cancellation);
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (unknown.StatusCode, unknown.Content.Headers.ContentType?.MediaType));
    }

    [Theory(Timeout = 600_000)]
    [InlineData("", 1280)]
    [InlineData("?width=1279", 960)]
    [InlineData("?width=640&quality=50", 640)]
    [InlineData("?width=480&quality=30", 480)]
    public async Task A_snapshot_is_as_wide_as_asked_and_no_wider(string query, int width)
    {
        await using var service = await RunningService.StartAsync("--Cameras:camera:Url=demo:?size=1280x720&fps=15");
        await service.FrameAsync();

        var header = PictureHeader.Read(await service.SnapshotAsync("/snapshot.jpg" + query), ImageLimits.Default);
        Assert.Equal((width, width * 9 / 16), (header.Width, header.Height));
    }

    [Theory(Timeout = 600_000)]
    [InlineData("/snapshot.jpg?width=479", "width 479: allowed is a whole number from 480 to 65500")]
    [InlineData("/snapshot.jpg?quality=29", "quality 29: allowed is a whole number from 30 to 100")]
    [InlineData("/stream.mjpg?quality=101", "quality 101: allowed is a whole number from 30 to 100")]
    [InlineData("/stream.mjpg?fps=0", "fps 0: allowed is a whole number from 1 to 240")]
    [InlineData("/cameras/camera/stream.mjpg?fps=241", "fps 241: allowed is a whole number from 1 to 240")]
    [InlineData("/cameras/camera/snapshot.jpg?width=wide", "width wide: allowed is a whole number")]
    [InlineData("/stream.mjpg?width=480&width=640&fps=2.5", "width 480,640: allowed is a whole number; fps 2.5: allowed is a whole number")]
    [InlineData("/readyz?strict=perhaps", "strict perhaps: allowed is true or false")]
    public async Task What_is_out_of_bounds_is_told(string path, string fault)
    {
        await using var service = await RunningService.StartAsync();

        var answer = await service.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancellation);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains($"\"{fault}\"", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var browser = new HttpRequestMessage(HttpMethod.Get, path);
        browser.Headers.Accept.ParseAdd("text/html");
        using var page = await service.Client.SendAsync(browser, Cancellation);
        Assert.Contains(fault, await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_stream_with_a_pace_costs_no_more_encodings_than_it_has_frames()
    {
        await using var service = await RunningService.StartAsync("--Cameras:camera:Url=demo:?size=320x240&fps=30");
        await service.FrameAsync();
        var started = Stopwatch.GetTimestamp();
        var before = await CountsAsync(service);

        Assert.Equal(4, await ReadFramesAsync(service, "/stream.mjpg?fps=4", 4));
        var after = await CountsAsync(service);

        // On a busy machine the stream goes on while it is read, at its pace.
        Assert.InRange(after.Encoded - before.Encoded, 4, 4 + (4 * Stopwatch.GetElapsedTime(started).TotalSeconds));
    }

    /// <summary>Frames that came and frames that were encoded, both of one moment.</summary>
    private static async Task<(double Received, double Encoded)> CountsAsync(RunningService service)
    {
        var metrics = await service.Client.GetStringAsync("/metrics", Cancellation);
        return (RunningService.Metric(metrics, "faceedge_frames_received_total"), RunningService.Metric(metrics, "faceedge_frames_encoded_total"));
    }

    /// <summary>Reads a stream as a browser does and counts whole frames.</summary>
    private static async Task<int> ReadFramesAsync(RunningService service, string path, int frames)
    {
        using var answer = await service.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal("multipart/x-mixed-replace", answer.Content.Headers.ContentType?.MediaType);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancellation);
        var whole = 0;
        while (whole < frames)
        {
            var length = 0;
            for (var line = await ReadLineAsync(body); line.Length > 0 || length == 0; line = await ReadLineAsync(body))
            {
                if (line.StartsWith("Content-Length: ", StringComparison.Ordinal))
                {
                    length = int.Parse(line["Content-Length: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
                }
            }

            var jpeg = new byte[length];
            await body.ReadExactlyAsync(jpeg, Cancellation);
            Assert.Equal("FFD8FFD9", Convert.ToHexString([.. jpeg[..2], .. jpeg[^2..]]));
            whole++;
        }

        return whole;
    }

    private static async Task<string> ReadLineAsync(Stream body)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await body.ReadExactlyAsync(one, Cancellation);
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }
    }

    /// <summary>A viewer that asks for the stream and reads nothing of it.</summary>
    private static async Task<TcpClient> AskAsync(RunningService service)
    {
        var viewer = new TcpClient { ReceiveBufferSize = 4096 };
        await viewer.ConnectAsync(service.Client.BaseAddress!.Host, service.Client.BaseAddress.Port, Cancellation);
        await viewer.GetStream().WriteAsync("GET /stream.mjpg HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), Cancellation);
        return viewer;
    }
}
