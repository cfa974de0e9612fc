using System.Diagnostics;
using FaceEdge.Capture;
using FaceEdge.Capture.Ffmpeg;
using FaceEdge.Capture.OpenCv;
using FaceEdge.Imaging.OpenCv;
using FaceEdge.Tests.Capture;
using FaceEdge.Tests.Models;

namespace FaceEdge.Tests.Faults;

/// <summary>A named pipe whose writer stops is a device whose driver hangs: a read from it inside OpenCV never comes back.</summary>
[Collection(nameof(Alone))]
public sealed class HangingReadTests
{
    [Fact(Timeout = 600_000)]
    public async Task A_read_that_hangs_inside_OpenCV_holds_up_neither_the_camera_nor_the_shutdown()
    {
        Assert.SkipUnless(OpenCvProbe.Run().Loaded, "OpenCV does not load here");
        Assert.SkipWhen(FfmpegProbe.Run() is null, "needs ffmpeg");
        using var folder = new TemporaryFolder();
        var clip = await ClipAsync(folder);
        var pipe = folder.File("camera.ts");
        await RunAsync("mkfifo", pipe);
        // The connection is given up when the pipe is silent, and not before, however busy the machine is.
        var options = new CameraOptions { Url = pipe, ConnectTimeout = TimeSpan.FromMinutes(2), SilentAfter = TimeSpan.FromSeconds(10), PictureTime = TimeSpan.FromMilliseconds(10) };
        var source = new OpenCvVideoSource(CameraUrl.Parse(pipe), options, TimeProvider.System);
        var camera = new RunningCamera(source, options, TimeProvider.System, new Random(1));
        await using (var writer = await Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write), TestContext.Current.CancellationToken))
        {
            await writer.WriteAsync(clip.AsMemory(0, clip.Length * 3 / 4), TestContext.Current.CancellationToken);
            await writer.FlushAsync(TestContext.Current.CancellationToken);
            await camera.ReachesAsync(CameraState.Live);

            var lost = await camera.ReachesAsync(CameraState.NoSignal);
            var again = await camera.ReachesAsync(CameraState.NoSignal);
            await camera.DisposeAsync();

            Assert.Equal("no frame for 10 s", lost.Reason);
            Assert.EndsWith("still hangs: the device or its driver does not answer", again.Reason, StringComparison.Ordinal);
        }
    }

    private static async Task<byte[]> ClipAsync(TemporaryFolder folder)
    {
        var path = folder.File("clip.ts");
        await RunAsync("ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=25", "-t", "4", "-c:v", "mpeg2video", path);
        return await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}
