using FaceEdge.Capture;
using FaceEdge.Contracts;
using FaceEdge.Tests.Capture.Rtsp;

namespace FaceEdge.Tests.Faults;

/// <summary>A real RTSP camera behind a line that breaks in every way it can; each time frames have to come back when the line does.</summary>
public sealed class RtspFaultTests
{
    [Theory(Timeout = 600_000)]
    [MemberData(nameof(CameraFaults.All), MemberType = typeof(CameraFaults))]
    public async Task An_rtsp_camera_comes_back(Fault fault)
    {
        CameraFaults.SkipWithoutRtsp();
        await using var server = await RtspServer.StartAsync();
        await using var proxy = new FaultProxy(server.Port);
        await using var camera = CameraFaults.Start($"rtsp://127.0.0.1:{proxy.Port}/camera");

        await CameraFaults.HurtAsync(camera, proxy, fault);
    }

    [Fact(Timeout = 600_000)]
    public async Task An_rtsp_camera_may_change_its_size_in_mid_stream()
    {
        CameraFaults.SkipWithoutRtsp();
        await using var server = await RtspServer.StartAsync(0, "--rate", "10", "--then", "320x180");
        await using var camera = CameraFaults.Start(server.Url, CameraFaults.Never);
        var first = await camera.ReachesAsync(CameraState.Live);

        // The change comes after two seconds. ffmpeg scales to the size that it saw first, which holds until the next connection.
        await camera.ReadAsync(50);

        Assert.Equal((CameraState.Live, first.Width, first.Height, 0L), (camera.Capture.Status.State, camera.Capture.Status.Width, camera.Capture.Status.Height, camera.Capture.Status.Reconnects));
    }

    [Fact(Timeout = 600_000)]
    public async Task An_rtsp_camera_may_come_back_with_another_codec_and_size()
    {
        CameraFaults.SkipWithoutRtsp();
        var server = await RtspServer.StartAsync(FreePort.Take());
        await using var camera = CameraFaults.Start(server.Url);
        await camera.ReachesAsync(CameraState.Live);

        await server.DisposeAsync();
        await camera.ReachesAsync(CameraState.NoSignal);
        await using var other = await RtspServer.StartAsync(server.Port, "--codec", "mjpeg", "--width", "320", "--height", "240");
        var live = await camera.ReachesAsync(CameraState.Live);

        Assert.Equal((320, 240), (live.Width, live.Height));
    }

    [Fact(Timeout = 600_000)]
    public async Task An_ffmpeg_that_hangs_is_replaced()
    {
        CameraFaults.SkipWithoutRtsp();
        await using var server = await RtspServer.StartAsync();
        await using var camera = CameraFaults.Start(server.Url);
        await camera.ReachesAsync(CameraState.Live);

        using var stop = System.Diagnostics.Process.Start("kill", ["-STOP", $"{server.Reader()}"]);
        await stop.WaitForExitAsync(TestContext.Current.CancellationToken);

        await camera.ReachesAsync(CameraState.NoSignal);
        await camera.ReachesAsync(CameraState.Live);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_name_that_nobody_knows_is_named_as_the_reason()
    {
        CameraFaults.SkipWithoutRtsp();

        await CameraFaults.AssertNameIsToldAsync("rtsp://camera.invalid/stream");
    }
}
