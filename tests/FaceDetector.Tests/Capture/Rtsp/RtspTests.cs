using System.Net;
using System.Net.Sockets;
using System.Text;
using FaceEdge.Capture;
using FaceEdge.Capture.Ffmpeg;
using FaceEdge.Capture.Rtsp;
using FaceEdge.Contracts;
using FaceEdge.Imaging.Portable;

namespace FaceEdge.Tests.Capture.Rtsp;

/// <summary>Against a real RTSP server and a real ffmpeg.</summary>
public sealed class RtspTests
{
    private const string Password = "p@ss/w0rd";

    public RtspTests()
    {
        RtspServer.SkipWhereMissing();
        Assert.SkipWhen(FfmpegProbe.Run() is null, "needs ffmpeg");
    }

    [Theory]
    [InlineData("rtsp://camera/stream", 554)]
    [InlineData("rtsp://user:word@camera:8554/stream", 8554)]
    public void An_address_without_a_port_means_554(string address, int port) => Assert.Equal(port, RtspProbe.PortOf(new Uri(address)));

    [Fact]
    public async Task A_stream_that_dies_is_noticed_and_taken_up_again_when_it_returns()
    {
        var server = await RtspServer.StartAsync(FreePort.Take());
        await using var camera = Start(server.Url);
        var live = await camera.ReachesAsync(CameraState.Live);
        await camera.ReadAsync(10);

        await server.DisposeAsync();
        var lost = await camera.ReachesAsync(CameraState.NoSignal);
        await using var again = await RtspServer.StartAsync(server.Port);
        await camera.ReachesAsync(CameraState.Live);
        await camera.ReadAsync(10);

        Assert.Equal((640, 360), (live.Width, live.Height));
        Assert.NotNull(lost.Reason);
        Assert.InRange(camera.Capture.Status.Reconnects, 1, 100);
    }

    [Fact]
    public async Task A_camera_with_a_password_is_read_and_neither_log_nor_process_list_shows_it()
    {
        await using var server = await RtspServer.StartAsync(0, "--user", "admin", "--password", Password);
        await using var camera = Start($"rtsp://admin:{Password}@127.0.0.1:{server.Port}/camera");

        var status = await camera.ReachesAsync(CameraState.Live);

        Assert.Equal($"rtsp://***@127.0.0.1:{server.Port}/camera", status.Url);
        var commandLines = Directory.GetDirectories("/proc").Select(CommandLine).Where(line => line.Contains("yuv4mpegpipe", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(commandLines);
        Assert.All(commandLines, line => Assert.DoesNotContain("w0rd", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_camera_that_sends_a_key_frame_once_is_live_from_it_on()
    {
        await using var server = await RtspServer.StartAsync(0, "--key-every", "100000");
        await using var camera = Start(server.Url);

        await camera.ReachesAsync(CameraState.Live);

        Assert.Equal(0, camera.Capture.Status.Reconnects);
    }

    [Fact]
    public async Task A_wrong_password_is_named_as_the_reason()
    {
        await using var server = await RtspServer.StartAsync(0, "--user", "admin", "--password", Password);
        await using var camera = Start($"rtsp://admin:wrong@127.0.0.1:{server.Port}/camera");

        Assert.Equal("the camera refuses the user or the password", (await camera.ReachesAsync(CameraState.NoSignal)).Reason);
    }

    [Fact]
    public async Task A_missing_password_and_a_wrong_path_are_named_as_the_reason()
    {
        await using var closed = await RtspServer.StartAsync(0, "--user", "admin", "--password", Password);
        await using var open = await RtspServer.StartAsync();
        await using var withoutPassword = Start(closed.Url);
        await using var wrongPath = Start($"rtsp://127.0.0.1:{open.Port}/garage");

        Assert.StartsWith("127.0.0.1 asks for a user and a password", (await withoutPassword.ReachesAsync(CameraState.NoSignal)).Reason, StringComparison.Ordinal);
        Assert.Equal("127.0.0.1 has no stream at /garage", (await wrongPath.ReachesAsync(CameraState.NoSignal)).Reason);
    }

    [Fact]
    public async Task A_camera_that_sends_over_UDP_alone_is_named_and_read_when_told_to()
    {
        await using var server = await RtspServer.StartAsync(0, "--udp");
        await using (var camera = Start(server.Url))
        {
            Assert.Equal(
                "the camera does not send its frames inside the RTSP connection (TCP): set RtspTransport to udp for this camera",
                (await camera.ReachesAsync(CameraState.NoSignal)).Reason);
        }

        await using var told = Start(server.Url, RtspTransport.Udp);
        await told.ReachesAsync(CameraState.Live);
    }

    [Fact]
    public async Task A_camera_that_sends_sound_alone_is_named()
    {
        await using var server = await RtspServer.StartAsync(0, "--codec", "audio");
        await using var camera = Start(server.Url);

        Assert.Equal(
            "the camera's stream has no video, perhaps sound alone: give the address of its video", (await camera.ReachesAsync(CameraState.NoSignal)).Reason);
    }

    [Fact]
    public async Task A_killed_ffmpeg_costs_a_reconnect()
    {
        await using var server = await RtspServer.StartAsync();
        await using var camera = Start(server.Url);
        await camera.ReachesAsync(CameraState.Live);

        Kill(server.Reader());
        await camera.ReachesAsync(CameraState.NoSignal);
        await camera.ReachesAsync(CameraState.Live);

        Assert.Equal(1, camera.Capture.Status.Reconnects);
    }

    [Fact]
    public async Task No_ffmpeg_outlives_its_camera()
    {
        await using var server = await RtspServer.StartAsync();
        var camera = Start(server.Url);
        await camera.ReachesAsync(CameraState.Live);
        var child = server.Reader();

        await camera.DisposeAsync();

        Assert.False(Directory.Exists($"/proc/{child}"));
    }

    [Fact]
    public async Task A_camera_that_is_away_is_named_as_the_reason()
    {
        // Bound and not listening: nobody else gets the port, and who connects is refused.
        using var away = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        away.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await using var camera = Start($"rtsp://127.0.0.1:{((IPEndPoint)away.LocalEndPoint!).Port}/camera");

        Assert.EndsWith("connection refused", (await camera.ReachesAsync(CameraState.NoSignal)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "answers, but does not speak RTSP")]
    [InlineData("RTSP/1.0 500 Out of order\r\n\r\n", "127.0.0.1 answered \"RTSP/1.0 500 Out of order\"")]
    [InlineData("RTSP/1.0 302 Moved\r\nLocation: rtsp://10.0.0.1/\r\n\r\n", "127.0.0.1 sends on to another address: put that one into the URL")]
    [InlineData("", "closed the connection while it was asked for the stream")]
    public async Task A_server_that_answers_oddly_is_told_as_it_is(string answer, string reason)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            var request = new byte[4096];
            _ = await client.GetStream().ReadAsync(request, TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);
        var url = CameraUrl.Parse($"rtsp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/x");

        var exception = await Assert.ThrowsAsync<CaptureException>(() =>
            RtspProbe.AskAsync(url, TimeSpan.FromMinutes(5), TimeProvider.System, TestContext.Current.CancellationToken));

        Assert.EndsWith(reason, exception.Message, StringComparison.Ordinal);
        await serving;
    }

    private static RunningCamera Start(string url, RtspTransport transport = RtspTransport.Tcp)
    {
        var options = new CameraOptions { Url = url, RtspTransport = transport, ReconnectDelay = TimeSpan.FromMilliseconds(200), MaxReconnectDelay = TimeSpan.FromMilliseconds(500) };
        // The machine may be busy: what is tested here are the reasons, not the limits.
        options.ConnectTimeout = options.SilentAfter = TimeSpan.FromMinutes(2);
        var source = new FrameSourceFactory(PortableBackend.Create(), TimeProvider.System).Create(options);
        return new RunningCamera(source, options, TimeProvider.System, new Random(1));
    }

    private static void Kill(int process)
    {
        using var child = System.Diagnostics.Process.GetProcessById(process);
        child.Kill();
    }

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
