using System.Diagnostics;
using FaceEdge.Capture;
using FaceEdge.Capture.Ffmpeg;
using FaceEdge.Capture.OpenCv;
using FaceEdge.Imaging.OpenCv;

namespace FaceEdge.Tests.Capture;

/// <summary>A clip of half a second, made by ffmpeg, through both ways to read one.</summary>
public sealed class VideoFileTests : IDisposable
{
    private const int ClipFrames = 10;

    private readonly CancellationTokenSource _stop = new();
    private readonly string _clip = Path.Combine(Directory.CreateTempSubdirectory("faceedge-").FullName, "clip.mp4");

    public VideoFileTests()
    {
        Assert.SkipWhen(FfmpegProbe.Run() is null, "needs ffmpeg");
        Assert.SkipUnless(OpenCvProbe.Run().Loaded, OpenCvProbe.Run().Detail);
        string[] arguments =
            ["-v", "error", "-f", "lavfi", "-i", "testsrc=size=320x180:rate=20", "-frames:v", $"{ClipFrames}", "-c:v", "libx264", "-pix_fmt", "yuv420p", _clip];
        using var ffmpeg = Process.Start("ffmpeg", arguments);
        ffmpeg.WaitForExit();
        Assert.SkipWhen(ffmpeg.ExitCode != 0, "needs an ffmpeg with libx264");
    }

    [Fact]
    public async Task Both_ways_show_the_same_picture_and_play_the_clip_again_and_again()
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
        using var ffmpeg = await PictureAsync(first, ClipFrames + 2);
        using var openCv = await PictureAsync(second, ClipFrames + 2);
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(runs));

        Assert.Equal((320, 180), (ffmpeg.Width, ffmpeg.Height));
        Assert.Equal((320, 180), (openCv.Width, openCv.Height));
        long sum = 0;
        for (var i = 0; i < ffmpeg.ByteCount; i++)
        {
            sum += Math.Abs(ffmpeg.Pixels[i] - openCv.Pixels[i]);
        }

        Assert.InRange(sum / (double)ffmpeg.ByteCount, 0, 2);
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

    private async Task<string> FaultAsync(IFrameSource source)
    {
        using var sink = new CollectingSink();
        return (await Assert.ThrowsAsync<CaptureException>(() => source.RunAsync(sink, _stop.Token))).Message;
    }

    private static async Task<FaceEdge.Imaging.Frame> PictureAsync(CollectingSink sink, long number)
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
