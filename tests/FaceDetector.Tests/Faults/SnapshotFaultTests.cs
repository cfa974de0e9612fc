using FaceEdge.Tests.Capture;

namespace FaceEdge.Tests.Faults;

/// <summary>As <see cref="RtspFaultTests"/> for a camera that is asked for one frame after the other.</summary>
public sealed class SnapshotFaultTests
{
    [Theory(Timeout = 600_000)]
    [MemberData(nameof(CameraFaults.All), MemberType = typeof(CameraFaults))]
    public async Task A_snapshot_camera_comes_back(Fault fault)
    {
        var frames = CameraFaults.Frames();
        var asked = 0;
        await using var server = await HttpCamera.StartAsync(context =>
        {
            var frame = frames[Interlocked.Increment(ref asked) % frames.Length];
            context.Response.ContentType = "image/jpeg";
            context.Response.ContentLength = frame.Length;
            return context.Response.Body.WriteAsync(frame).AsTask();
        });
        await using var proxy = new FaultProxy(new Uri(server.Url).Port);
        await using var camera = CameraFaults.Start($"http://127.0.0.1:{proxy.Port}/camera");

        await CameraFaults.HurtAsync(camera, proxy, fault);
    }
}
