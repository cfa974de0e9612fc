using FaceEdge.Capture;
using FaceEdge.Capture.Ffmpeg;
using FaceEdge.Imaging.Portable;
using FaceEdge.Tests.Capture;
using FaceEdge.Tests.Capture.Rtsp;
using FaceEdge.Tests.Imaging;
using Microsoft.AspNetCore.Http;

namespace FaceEdge.Tests.Faults;

/// <summary>Real cameras behind a line that breaks in every way it can; each time the picture has to come back when the line does.</summary>
public sealed class CameraFaultTests
{
    public static TheoryData<Fault> Faults => [.. Enum.GetValues<Fault>().Where(fault => fault != Fault.None)];

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Faults))]
    public async Task An_rtsp_camera_comes_back(Fault fault)
    {
        SkipWithoutRtsp();
        await using var server = await RtspServer.StartAsync();
        await using var proxy = new FaultProxy(server.Port);
        await using var camera = Start($"rtsp://127.0.0.1:{proxy.Port}/camera");

        await HurtAsync(camera, proxy, fault);
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Faults))]
    public async Task An_mjpeg_camera_comes_back(Fault fault)
    {
        await using var server = await HttpCamera.StartAsync(StreamAsync);
        await using var proxy = new FaultProxy(new Uri(server.Url).Port);
        await using var camera = Start($"http://127.0.0.1:{proxy.Port}/camera");

        await HurtAsync(camera, proxy, fault);
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Faults))]
    public async Task A_snapshot_camera_comes_back(Fault fault)
    {
        var pictures = Pictures();
        var asked = 0;
        await using var server = await HttpCamera.StartAsync(context =>
        {
            var picture = pictures[Interlocked.Increment(ref asked) % pictures.Length];
            context.Response.ContentType = "image/jpeg";
            context.Response.ContentLength = picture.Length;
            return context.Response.Body.WriteAsync(picture).AsTask();
        });
        await using var proxy = new FaultProxy(new Uri(server.Url).Port);
        await using var camera = Start($"http://127.0.0.1:{proxy.Port}/camera");

        await HurtAsync(camera, proxy, fault);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_rtsp_camera_may_change_its_size_in_mid_stream()
    {
        SkipWithoutRtsp();
        await using var server = await RtspServer.StartAsync(0, "--rate", "10", "--then", "320x180");
        await using var camera = Start(server.Url);
        var first = await camera.ReachesAsync(CameraState.Live);

        // The change comes after two seconds. ffmpeg scales to the size that it saw first, which holds until the next connection.
        await camera.ReadAsync(50);

        Assert.Equal((CameraState.Live, first.Width, first.Height, 0L), (camera.Capture.Status.State, camera.Capture.Status.Width, camera.Capture.Status.Height, camera.Capture.Status.Reconnects));
    }

    [Fact(Timeout = 120_000)]
    public async Task An_rtsp_camera_may_come_back_with_another_codec_and_size()
    {
        SkipWithoutRtsp();
        var server = await RtspServer.StartAsync();
        await using var camera = Start(server.Url);
        await camera.ReachesAsync(CameraState.Live);

        await server.DisposeAsync();
        await camera.ReachesAsync(CameraState.NoSignal);
        await using var other = await RtspServer.StartAsync(server.Port, "--codec", "mjpeg", "--width", "320", "--height", "240");
        var live = await camera.ReachesAsync(CameraState.Live);

        Assert.Equal((320, 240), (live.Width, live.Height));
    }

    [Fact(Timeout = 120_000)]
    public async Task An_mjpeg_camera_may_change_its_size_in_mid_stream()
    {
        await using var server = await HttpCamera.StartAsync(StreamAsync);
        await using var camera = Start(server.Url);
        await camera.ReachesAsync(CameraState.Live);

        var sizes = new HashSet<(int Width, int Height)>();
        var last = 0L;
        while (sizes.Count < 2)
        {
            using var frame = await camera.Capture.Frames.NextAsync(last, TestContext.Current.CancellationToken);
            last = frame.Sequence;
            sizes.Add((frame.Width, frame.Height));
        }

        Assert.Equal(0, camera.Capture.Status.Reconnects);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("rtsp://camera.invalid/stream")]
    [InlineData("http://camera.invalid/stream")]
    public async Task A_name_that_nobody_knows_is_named_as_the_reason(string url)
    {
        if (url.StartsWith("rtsp", StringComparison.Ordinal))
        {
            SkipWithoutRtsp();
        }

        await using var camera = Start(url);

        var reason = (await camera.ReachesAsync(CameraState.NoSignal)).Reason!;

        Assert.Contains("camera.invalid", reason, StringComparison.Ordinal);
        Assert.True(reason.Contains("no such host", StringComparison.Ordinal) || reason.Contains("name server does not answer", StringComparison.Ordinal), reason);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_ffmpeg_that_hangs_is_replaced()
    {
        SkipWithoutRtsp();
        await using var server = await RtspServer.StartAsync();
        await using var camera = Start(server.Url);
        await camera.ReachesAsync(CameraState.Live);

        using var stop = System.Diagnostics.Process.Start("kill", ["-STOP", $"{server.Reader()}"]);
        await stop.WaitForExitAsync(TestContext.Current.CancellationToken);

        await camera.ReachesAsync(CameraState.NoSignal);
        await camera.ReachesAsync(CameraState.Live);
    }

    private static async Task HurtAsync(RunningCamera camera, FaultProxy proxy, Fault fault)
    {
        await camera.ReachesAsync(CameraState.Live);
        proxy.Fault = fault;
        if (fault is Fault.Half or Fault.Narrow)
        {
            // Some pictures come through: the camera may well stay live.
            await proxy.HasHurtAsync(4);
        }
        else
        {
            await camera.ReachesAsync(CameraState.NoSignal);
        }

        proxy.Fault = Fault.None;
        while (camera.Capture.Status.State != CameraState.Live)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var before = camera.Capture.Status.FramesIn;
        while (camera.Capture.Status.FramesIn < before + 10)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Twenty pictures a second; every third is of another size.</summary>
    private static async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "multipart/x-mixed-replace; boundary=cam";
        var pictures = Pictures();
        for (var i = 0; !context.RequestAborted.IsCancellationRequested; i++)
        {
            var picture = pictures[i % pictures.Length];
            await context.Response.WriteAsync($"--cam\r\nContent-Type: image/jpeg\r\nContent-Length: {picture.Length}\r\n\r\n", context.RequestAborted);
            await context.Response.Body.WriteAsync(picture, context.RequestAborted);
            await context.Response.WriteAsync("\r\n", context.RequestAborted);
            await Task.Delay(50, context.RequestAborted);
        }
    }

    private static byte[][] Pictures() => [Samples.Jpeg(320, 240), Samples.Jpeg(322, 240), Samples.Jpeg(640, 480)];

    private static void SkipWithoutRtsp()
    {
        RtspServer.SkipWhereMissing();
        Assert.SkipWhen(FfmpegProbe.Run() is null, "needs ffmpeg");
    }

    private static RunningCamera Start(string url)
    {
        var options = new CameraOptions
        {
            Url = url,
            ReconnectDelay = TimeSpan.FromMilliseconds(100),
            MaxReconnectDelay = TimeSpan.FromMilliseconds(500),
            SilentAfter = TimeSpan.FromSeconds(3),
            ConnectTimeout = TimeSpan.FromSeconds(20),
        };
        var source = new FrameSourceFactory(PortableBackend.Create(), TimeProvider.System).Create(options);
        return new RunningCamera(source, options, TimeProvider.System, new Random(1));
    }
}
