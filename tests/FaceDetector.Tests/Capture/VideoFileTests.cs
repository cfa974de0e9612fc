using System.Diagnostics;
using FaceEdge.Capture;
using FaceEdge.Capture.Ffmpeg;
using FaceEdge.Capture.OpenCv;
using FaceEdge.Imaging;
using FaceEdge.Imaging.OpenCv;
using OpenCvSharp;

namespace FaceEdge.Tests.Capture;

/// <summary>A clip of half a second, made by ffmpeg, read by ffmpeg and by OpenCV.</summary>
public sealed class VideoFileTests : IDisposable
{
    private const int ClipFrames = 10;

    private readonly CancellationTokenSource _stop = new();
    private readonly string _clip = Path.Combine(Directory.CreateTempSubdirectory("faceedge-").FullName, "clip.mp4");

    public VideoFileTests()
    {
        Assert.SkipWhen(FfmpegProbe.Run() is null, "needs ffmpeg");
        Assert.SkipUnless(OpenCvProbe.Run().Loaded, OpenCvProbe.Run().Detail);
        Make("-f", "lavfi", "-i", "testsrc=size=320x180:rate=20", "-frames:v", $"{ClipFrames}", "-c:v", "libx264", "-pix_fmt", "yuv420p", _clip);
    }

    [Theory]
    [InlineData("40/11", 640, 90, 2328, 90)]
    [InlineData("1/2", 320, 180, 320, 360)]
    [InlineData("1/1", 320, 180, 320, 180)]
    [InlineData("9/1", 320, 180, 320, 180)]
    public async Task Pixels_that_are_not_square_become_so_both_ways(string ratio, int width, int height, int shownWidth, int shownHeight)
    {
        Make("-f", "lavfi", "-i", $"testsrc=size={width}x{height}:rate=20", "-frames:v", "3", "-vf", $"setsar={ratio}", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-y", _clip);

        var (ffmpeg, openCv) = await SizesAsync();

        Assert.Equal((shownWidth, shownHeight), ffmpeg);
        Assert.InRange(openCv.Width, shownWidth - 1, shownWidth + 1);
        Assert.InRange(openCv.Height, shownHeight - 1, shownHeight + 1);
    }

    [Fact]
    public async Task A_video_taken_sideways_comes_out_upright_both_ways()
    {
        var turned = Path.ChangeExtension(_clip, ".turned.mp4");
        Make("-i", _clip, "-c", "copy", "-metadata:s:v:0", "rotate=90", turned);
        File.Move(turned, _clip, overwrite: true);

        Assert.Equal(((180, 320), (180, 320)), await SizesAsync());
    }

    [Fact]
    public async Task Ffmpeg_and_OpenCV_show_the_same_frames_and_play_the_clip_again_and_again()
    {
        var url = CameraUrl.Parse(_clip);
        var options = new CameraOptions { Url = _clip };
        using var first = new CollectingSink();
        using var second = new CollectingSink();
        var runs = new[]
        {
            new FfmpegSource(url, options, TimeProvider.System).RunAsync(first, _stop.Token),
            new OpenCvVideoSource(url, options, TimeProvider.System).RunAsync(second, _stop.Token),
        };

        // Frame numbers count from the clip's first, so the 12th is the second of the second round in both.
        using var ffmpeg = await FrameAsync(first, ClipFrames + 2);
        using var openCv = await FrameAsync(second, ClipFrames + 2);
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(runs));

        Assert.Equal((320, 180), (ffmpeg.Width, ffmpeg.Height));
        Assert.Equal((320, 180), (openCv.Width, openCv.Height));
        var bgr = new byte[openCv.ByteCount];
        Yuv420.ToBgr(ffmpeg.View, bgr);
        long sum = 0;
        for (var i = 0; i < bgr.Length; i++)
        {
            sum += Math.Abs(bgr[i] - openCv.Pixels[i]);
        }

        Assert.InRange(sum / (double)bgr.Length, 0, 2);
    }

    [Fact]
    public void A_frame_that_OpenCV_cannot_read_goes_back()
    {
        using var sink = new CollectingSink();
        using var capture = new VideoCapture(_clip, VideoCaptureAPIs.FFMPEG);
        capture.SetExceptionMode(true);

        // Nothing was grabbed yet.
        Assert.Throws<OpenCVException>(() => OpenCvVideoSource.Retrieve(capture, 1, sink));

        Assert.Equal(0, sink.Pool.Outstanding);
    }

    [Fact]
    public async Task Another_demand_is_followed_without_a_gap()
    {
        using var sink = new DemandingSink();
        var run = new FfmpegSource(CameraUrl.Parse(_clip), new CameraOptions { Url = _clip }, TimeProvider.System).RunAsync(sink, _stop.Token);
        foreach (var demand in new[] { FrameDemand.All, new FrameDemand(KeyFramesOnly: true, 0), new FrameDemand(KeyFramesOnly: false, 2), FrameDemand.All })
        {
            sink.Demand = demand;

            var note = await sink.FollowsAsync(demand);

            Assert.Equal(demand.KeyFramesOnly ? "only key frames are decoded while nobody watches and nothing moves: tracks and counts are coarse" : null, note);
            Assert.False(run.IsCompleted);
        }

        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public async Task Where_the_hardware_does_not_decode_the_processor_does_and_says_why()
    {
        // Decodes H.264 alone, wherever there is such hardware at all.
        Make("-f", "lavfi", "-i", "testsrc=size=320x180:rate=20", "-frames:v", $"{ClipFrames}", "-c:v", "mpeg4", "-y", _clip);
        using var sink = new DemandingSink();
        var run = new FfmpegSource(CameraUrl.Parse(_clip), new CameraOptions { Url = _clip }, TimeProvider.System, HardwareDecode.V4l2m2m).RunAsync(sink, _stop.Token);

        var note = await sink.FollowsAsync(FrameDemand.All);

        Assert.StartsWith("decoded by the processor, because v4l2m2m does not work here: the stream ended; ffmpeg says: ", note, StringComparison.Ordinal);
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public async Task A_file_that_is_no_video_or_not_there_is_named_as_the_reason()
    {
        var path = Path.ChangeExtension(_clip, ".txt");
        await File.WriteAllTextAsync(path, "no video", TestContext.Current.CancellationToken);

        Assert.StartsWith("the stream ended; ffmpeg says: ", await FaultAsync(new FfmpegSource(CameraUrl.Parse(path), new CameraOptions(), TimeProvider.System)), StringComparison.Ordinal);
        Assert.Equal($"{path} is not a video that can be read", await FaultAsync(new OpenCvVideoSource(CameraUrl.Parse(path), new CameraOptions(), TimeProvider.System)));
        Assert.Equal("there is no /gone.mp4", await FaultAsync(new FfmpegSource(CameraUrl.Parse("/gone.mp4"), new CameraOptions(), TimeProvider.System)));
        Assert.Equal("there is no file /gone.mp4", await FaultAsync(new OpenCvVideoSource(CameraUrl.Parse("/gone.mp4"), new CameraOptions(), TimeProvider.System)));
    }

    public void Dispose()
    {
        _stop.Dispose();
        Directory.Delete(Path.GetDirectoryName(_clip)!, recursive: true);
    }

    private static void Make(params string[] arguments)
    {
        using var ffmpeg = Process.Start("ffmpeg", ["-v", "error", .. arguments]);
        ffmpeg.WaitForExit();
        Assert.SkipWhen(ffmpeg.ExitCode != 0, "needs an ffmpeg with libx264");
    }

    private async Task<((int Width, int Height) Ffmpeg, (int Width, int Height) OpenCv)> SizesAsync()
    {
        var options = new CameraOptions { Url = _clip };
        using var first = new CollectingSink();
        using var second = new CollectingSink();
        var runs = new[]
        {
            new FfmpegSource(CameraUrl.Parse(_clip), options, TimeProvider.System).RunAsync(first, _stop.Token),
            new OpenCvVideoSource(CameraUrl.Parse(_clip), options, TimeProvider.System).RunAsync(second, _stop.Token),
        };
        using var ffmpeg = await first.NextAsync(0);
        using var openCv = await second.NextAsync(0);
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(runs));
        return ((ffmpeg.Width, ffmpeg.Height), (openCv.Width, openCv.Height));
    }

    private async Task<string> FaultAsync(IFrameSource source)
    {
        using var sink = new CollectingSink();
        return (await Assert.ThrowsAsync<CaptureException>(() => source.RunAsync(sink, _stop.Token))).Message;
    }

    private static async Task<FaceEdge.Imaging.Frame> FrameAsync(CollectingSink sink, long number)
    {
        var frame = await sink.NextAsync(number - 1);
        while (frame.Sequence % ClipFrames != number % ClipFrames)
        {
            var last = frame.Sequence;
            frame.Dispose();
            frame = await sink.NextAsync(last);
        }

        return frame;
    }
}
