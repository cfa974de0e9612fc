using System.Diagnostics;
using FaceEdge.Benchmarks.Workloads;
using FaceEdge.Demo;
using FaceEdge.Demo.Painting;
using FaceEdge.Imaging;

namespace FaceEdge.Benchmarks.EndToEnd;

/// <summary>An H.264 film of the demo scene at 1280x720, made by ffmpeg, that claims one of several frame rates.</summary>
internal sealed class Clip : IDisposable
{
    public const int Frames = 300;

    private const int NaturalRate = 30;

    /// <summary>As clean as it was drawn.</summary>
    private const string Clean = "-crf 20";

    /// <summary>A sensor's noise, without B-frames, in the 2 Mbit/s that cameras are set to at this size: twice as many at twice their rate.</summary>
    private const string Noisy = "-vf noise=alls=4:allf=t -b:v 4M -maxrate 4M -bufsize 8M -bf 0";

    /// <summary>The same of 1920x1080, in 8 Mbit/s at 30 frames/s.</summary>
    private const string NoisyLarge = "-vf scale=1920:1080,noise=alls=4:allf=t -b:v 8M -maxrate 8M -bufsize 16M -bf 0";

    private readonly string _folder = Directory.CreateTempSubdirectory("faceedge-clip-").FullName;

    /// <summary>The scene as drawn.</summary>
    /// <exception cref="InvalidOperationException">ffmpeg is absent, or failed.</exception>
    public static Clip Create() => Create(Clean, isStill: false);

    /// <summary>The scene as a camera would send it: what decoding costs depends on the noise.</summary>
    /// <exception cref="InvalidOperationException">ffmpeg is absent, or failed.</exception>
    public static Clip CreateOfCamera() => Create(Noisy, isStill: false);

    /// <summary>The same of 1920x1080.</summary>
    /// <exception cref="InvalidOperationException">ffmpeg is absent, or failed.</exception>
    public static Clip CreateOfLargeCamera() => Create(NoisyLarge, isStill: false);

    /// <summary>The first frame of the scene all the time, as a camera would send it: a key frame in 30 frames, which are 2 s at 15 frames/s.</summary>
    /// <exception cref="InvalidOperationException">ffmpeg is absent, or failed.</exception>
    public static Clip CreateOfStillCamera() => Create(Noisy, isStill: true);

    private static Clip Create(string encoding, bool isStill)
    {
        var clip = new Clip();
        using var ffmpeg = Start(
            $"-f rawvideo -pixel_format bgr24 -video_size {TestFrame.Width}x{TestFrame.Height} -framerate {NaturalRate} -i - "
            + $"-c:v libx264 -preset veryfast {encoding} -pix_fmt yuv420p -g {NaturalRate} {clip.Natural}");
        using var pool = new FramePool();
        using var painter = new DemoPainter(new DemoScene(DemoSettings.Default));
        using var frame = pool.Rent(TestFrame.Width, TestFrame.Height);
        using (var input = ffmpeg.StandardInput.BaseStream)
        {
            for (var i = 0; i < Frames; i++)
            {
                painter.Paint(isStill ? 0 : (double)i / NaturalRate, frame);
                input.Write(frame.Pixels);
            }
        }

        Finish(ffmpeg);
        return clip;
    }

    /// <summary>The same frames as a film of so many frames a second: a stream that tells its rate keeps it, so that the time stamps are scaled.</summary>
    public string AtRate(int framesPerSecond)
    {
        var path = Path.Combine(_folder, $"clip-{framesPerSecond}.mp4");
        if (!File.Exists(path))
        {
            using var ffmpeg = Start(FormattableString.Invariant($"-itsscale {(double)NaturalRate / framesPerSecond} -i {Natural} -c copy {path}"));
            ffmpeg.StandardInput.Close();
            Finish(ffmpeg);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Natural => Path.Combine(_folder, "clip.mp4");

    private static Process Start(string arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("ffmpeg", $"-v error -y {arguments}") { RedirectStandardInput = true })!;
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new InvalidOperationException($"ffmpeg cannot be run: {exception.Message}", exception);
        }
    }

    private static void Finish(Process ffmpeg)
    {
        ffmpeg.WaitForExit();
        if (ffmpeg.ExitCode != 0)
        {
            throw new InvalidOperationException($"ffmpeg ended with {ffmpeg.ExitCode}.");
        }
    }
}
