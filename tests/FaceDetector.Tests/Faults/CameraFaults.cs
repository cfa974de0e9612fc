using FaceEdge.Capture;
using FaceEdge.Capture.Ffmpeg;
using FaceEdge.Imaging.Portable;
using FaceEdge.Tests.Capture;
using FaceEdge.Tests.Capture.Rtsp;
using FaceEdge.Tests.Imaging;
using Microsoft.AspNetCore.Http;

namespace FaceEdge.Tests.Faults;

/// <summary>What the tests of faults share: the faults, a camera that notices them soon, and what has to happen.</summary>
public static class CameraFaults
{
    public static TheoryData<Fault> All => [.. Enum.GetValues<Fault>().Where(fault => fault != Fault.None)];

    /// <summary>Damages the line of a live camera and restores it; ends when ten more frames have come.</summary>
    internal static async Task HurtAsync(RunningCamera camera, FaultProxy proxy, Fault fault)
    {
        await camera.ReachesAsync(CameraState.Live);
        proxy.Fault = fault;
        if (fault is Fault.Half or Fault.Narrow)
        {
            // Some frames come through: the camera may well stay live.
            await proxy.HasHurtAsync(4);
            proxy.Fault = Fault.None;
        }
        else
        {
            await camera.ReachesAsync(CameraState.NoSignal);
            proxy.Fault = Fault.None;
            await camera.ReachesAsync(CameraState.Live);
        }

        // The newest one may be from before.
        await camera.ReadAsync(1 + 10);
    }

    internal static async Task AssertNameIsToldAsync(string url)
    {
        await using var camera = Start(url);

        var reason = (await camera.ReachesAsync(CameraState.NoSignal)).Reason!;

        Assert.Contains("camera.invalid", reason, StringComparison.Ordinal);
        Assert.True(reason.Contains("no such host", StringComparison.Ordinal) || reason.Contains("name server does not answer", StringComparison.Ordinal), reason);
    }

    /// <summary>Twenty frames a second; every third is of another size.</summary>
    internal static async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "multipart/x-mixed-replace; boundary=cam";
        var frames = Frames();
        for (var i = 0; !context.RequestAborted.IsCancellationRequested; i++)
        {
            var frame = frames[i % frames.Length];
            await context.Response.WriteAsync($"--cam\r\nContent-Type: image/jpeg\r\nContent-Length: {frame.Length}\r\n\r\n", context.RequestAborted);
            await context.Response.Body.WriteAsync(frame, context.RequestAborted);
            await context.Response.WriteAsync("\r\n", context.RequestAborted);
            await Task.Delay(50, context.RequestAborted);
        }
    }

    /// <summary>For a camera that must not be taken for lost, however busy the machine is.</summary>
    internal static TimeSpan Never { get; } = TimeSpan.FromMinutes(10);

    internal static byte[][] Frames() => [Samples.Jpeg(320, 240), Samples.Jpeg(322, 240), Samples.Jpeg(640, 480)];

    internal static void SkipWithoutRtsp()
    {
        RtspServer.SkipWhereMissing();
        Assert.SkipWhen(FfmpegProbe.Run() is null, "needs ffmpeg");
    }

    /// <param name="url">Of the camera.</param>
    /// <param name="silentAfter">How soon a pause is noticed; soon if not given.</param>
    internal static RunningCamera Start(string url, TimeSpan? silentAfter = null)
    {
        var options = new CameraOptions
        {
            Url = url,
            ReconnectDelay = TimeSpan.FromMilliseconds(100),
            MaxReconnectDelay = TimeSpan.FromMilliseconds(500),
            SilentAfter = silentAfter ?? TimeSpan.FromSeconds(3),
            ConnectTimeout = silentAfter ?? TimeSpan.FromSeconds(20),
        };
        var source = new FrameSourceFactory(PortableBackend.Create(), TimeProvider.System).Create(options);
        return new RunningCamera(source, options, TimeProvider.System, new Random(1));
    }
}
