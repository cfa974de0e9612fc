using FaceEdge.Capture;
using FaceEdge.Tests.Capture;

namespace FaceEdge.Tests.Faults;

/// <summary>As <see cref="RtspFaultTests"/> for a camera that streams JPEG frames over HTTP.</summary>
public sealed class MjpegFaultTests
{
    [Theory(Timeout = 600_000)]
    [MemberData(nameof(CameraFaults.All), MemberType = typeof(CameraFaults))]
    public async Task An_mjpeg_camera_comes_back(Fault fault)
    {
        await using var server = await HttpCamera.StartAsync(CameraFaults.StreamAsync);
        await using var proxy = new FaultProxy(new Uri(server.Url).Port);
        await using var camera = CameraFaults.Start($"http://127.0.0.1:{proxy.Port}/camera");

        await CameraFaults.HurtAsync(camera, proxy, fault);
    }

    [Fact(Timeout = 600_000)]
    public async Task An_mjpeg_camera_may_change_its_size_in_mid_stream()
    {
        await using var server = await HttpCamera.StartAsync(CameraFaults.StreamAsync);
        await using var camera = CameraFaults.Start(server.Url, CameraFaults.Never);
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

    [Fact(Timeout = 600_000)]
    public Task A_name_that_nobody_knows_is_named_as_the_reason() => CameraFaults.AssertNameIsToldAsync("http://camera.invalid/stream");
}
