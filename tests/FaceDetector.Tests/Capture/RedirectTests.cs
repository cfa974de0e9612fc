using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FaceEdge.Capture;
using FaceEdge.Capture.Ffmpeg;
using FaceEdge.Capture.Http;
using FaceEdge.Imaging.Portable;
using FaceEdge.Tests.Imaging;

namespace FaceEdge.Tests.Capture;

/// <summary>A camera must not choose what the host that reads it asks for.</summary>
public sealed class RedirectTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 600_000)]
    [InlineData("file:///etc/passwd", "file://")]
    [InlineData("ftp://127.0.0.1/x", "ftp://127.0.0.1")]
    [InlineData("http://169.254.169.254/latest", "http://169.254.169.254")]
    [InlineData("http://user@localhost:1/", "http://localhost")]
    public async Task A_camera_that_sends_on_elsewhere_is_not_followed(string location, string named)
    {
        await using var camera = await HttpCamera.StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = location;
            return Task.CompletedTask;
        });

        var reason = await ReasonAsync(camera.Url);

        Assert.Contains($"sends on to {named}", reason, StringComparison.Ordinal);
    }

    [Fact(Timeout = 600_000)]
    public async Task Credentials_go_to_the_camera_and_to_no_other_host()
    {
        var heard = new ConcurrentQueue<string>();
        await using var other = await HttpCamera.StartAsync(context =>
        {
            heard.Enqueue(context.Request.Headers.Authorization.ToString());
            return Task.CompletedTask;
        });
        await using var camera = await HttpCamera.StartAsync(context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = other.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
            return Task.CompletedTask;
        });

        await ReasonAsync(camera.Url.Replace("://", "://keeper:secret@", StringComparison.Ordinal));

        Assert.Empty(heard);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_camera_that_sends_on_within_itself_is_followed_with_its_credentials()
    {
        var jpeg = Samples.Jpeg(32, 32);
        await using var camera = await HttpCamera.StartAsync(context =>
        {
            if (context.Request.Query.Count == 0)
            {
                context.Response.StatusCode = 301;
                context.Response.Headers.Location = "/camera?now=1";
                return Task.CompletedTask;
            }

            if (context.Request.Headers.Authorization.Count == 0)
            {
                context.Response.StatusCode = 401;
                context.Response.Headers.WWWAuthenticate = "Basic realm=\"camera\"";
                return Task.CompletedTask;
            }

            context.Response.ContentType = "image/jpeg";
            return context.Response.Body.WriteAsync(jpeg, Cancellation).AsTask();
        });
        using var source = Source(camera.Url.Replace("://", "://keeper:secret@", StringComparison.Ordinal));
        using var sink = new CollectingSink();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var running = source.RunAsync(sink, over.Token);
        using var frame = await sink.NextAsync(0);

        Assert.Equal(32, frame.Width);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_camera_that_sends_in_circles_is_given_up()
    {
        var asked = 0;
        await using var camera = await HttpCamera.StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = $"/camera?{Interlocked.Increment(ref asked)}";
            return Task.CompletedTask;
        });

        Assert.Contains("answered 302", await ReasonAsync(camera.Url), StringComparison.Ordinal);
        Assert.Equal(6, asked);
    }

    /// <summary>ffmpeg follows RTSP redirections by itself: the protocols it may use keep it from files and from HTTP.</summary>
    [Theory(Timeout = 600_000)]
    [InlineData("http://127.0.0.1:{port}/x")]
    [InlineData("file:///etc/hostname")]
    public async Task An_RTSP_camera_that_sends_on_out_of_RTSP_is_not_followed(string location)
    {
        Assert.SkipWhen(FfmpegProbe.Run() is null, "There is no ffmpeg on this machine.");
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        using var camera = new TcpListener(IPAddress.Loopback, 0);
        camera.Start();
        var target = location.Replace("{port}", $"{((IPEndPoint)other.LocalEndpoint).Port}", StringComparison.Ordinal);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var serving = ServeAsync(camera, target, over.Token);
        var options = new CameraOptions { Url = $"rtsp://127.0.0.1:{((IPEndPoint)camera.LocalEndpoint).Port}/x" };
        using var sink = new CollectingSink();

        await Assert.ThrowsAsync<CaptureException>(() =>
            new FfmpegSource(CameraUrl.Parse(options.Url), options, TimeProvider.System).RunAsync(sink, Cancellation));

        Assert.Equal((false, 0L), (other.Pending(), sink.Count));
        await over.CancelAsync();
        await serving;
    }

    /// <summary>The first connection asks whether there is a camera; ffmpeg's are told to go elsewhere.</summary>
    private static async Task ServeAsync(TcpListener camera, string location, CancellationToken over)
    {
        try
        {
            for (var connection = 0; ; connection++)
            {
                using var client = await camera.AcceptTcpClientAsync(over);
                var request = new byte[4096];
                while (await client.GetStream().ReadAsync(request, over) is var length && length > 0)
                {
                    var asksForOptions = Encoding.ASCII.GetString(request, 0, length).StartsWith("OPTIONS", StringComparison.Ordinal);
                    var answer = connection == 0 || asksForOptions ? "RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n" : $"RTSP/1.0 302 Moved\r\nCSeq: 2\r\nLocation: {location}\r\n\r\n";
                    await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer), over);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The test is over.
        }
    }

    private static async Task<string> ReasonAsync(string url)
    {
        using var source = Source(url);
        using var sink = new CollectingSink();
        return (await Assert.ThrowsAsync<CaptureException>(() => source.RunAsync(sink, Cancellation))).Message;
    }

    private static HttpSource Source(string url) =>
        new(CameraUrl.Parse(url), new CameraOptions { Url = url }, PortableBackend.Create(), TimeProvider.System);
}
