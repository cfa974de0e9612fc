using CsCheck;
using FaceEdge.Capture;
using FaceEdge.Capture.Ffmpeg;
using FaceEdge.Capture.Rtsp;

namespace FaceEdge.Tests.Capture;

public sealed class FfmpegTests
{
    [Theory]
    [InlineData("YUV4MPEG2 W1280 H720 F25:1 Ip A1:1 C420mpeg2 XYSCSS=420MPEG2", 1280, 720, false)]
    [InlineData("YUV4MPEG2 W641 H361 F30:1 Ip A1:1 C420jpeg XYSCSS=420JPEG XCOLORRANGE=FULL", 641, 361, true)]
    public void A_header_tells_size_and_range(string line, int width, int height, bool fullRange) =>
        Assert.Equal(new Y4mHeader(width, height, fullRange), Y4mHeader.Parse(line));

    [Theory]
    [InlineData("")]
    [InlineData("P6 640 480")]
    [InlineData("YUV4MPEG2 W0 H720 C420")]
    [InlineData("YUV4MPEG2 W1280")]
    [InlineData("YUV4MPEG2 W99999 H99999 C420")]
    [InlineData("YUV4MPEG2 W1280 H720 C444")]
    public void A_header_that_cannot_be_used_is_refused(string line) => Assert.Throws<CaptureException>(() => Y4mHeader.Parse(line));

    [Fact]
    public void Garbage_in_place_of_frames_never_throws_out_of_the_contract() =>
        Gen.Select(Gen.OneOf(Gen.Const(""), Gen.Const("YUV4MPEG2 W4 H2\n"), Gen.Const("YUV4MPEG2 W4 H2\nFRAME\n"), Gen.Const("YUV4MPEG2 W4 H2\nFRAME x\n")), Gen.Byte.Array[0, 100])
        .Sample((start, garbage) =>
        {
            var reader = new Y4mReader(new MemoryStream([.. System.Text.Encoding.ASCII.GetBytes(start), .. garbage]));
            using var sink = new CollectingSink();
            try
            {
                while (reader.ReadFrame(sink))
                {
                }
            }
            catch (CaptureException)
            {
                // What it promises.
            }
        });

    [Theory]
    [InlineData("5.1", "rtsp://admin:it's@10.0.0.7/x", "tcp", "rtsp://admin:it%27s@10.0.0.7/x'\noption rtsp_transport tcp\noption timeout 10000000\noption fpsprobesize 0\n")]
    [InlineData("7.0", "rtsp://admin:it's@10.0.0.7/x", "udp", "rtsp://admin:it%27s@10.0.0.7/x'\noption rtsp_transport udp\noption timeout 10000000\noption fpsprobesize 0\n")]
    [InlineData("4.3", "rtsp://admin:it's@10.0.0.7/x", "tcp", "rtsp://admin:it%27s@10.0.0.7/x'\n")]
    public void The_password_is_in_the_script_and_not_among_the_arguments(string version, string url, string transport, string script)
    {
        var options = new CameraOptions { RtspTransport = Enum.Parse<RtspTransport>(transport, ignoreCase: true) };

        var command = FfmpegCommand.For(CameraUrl.Parse(url), options, Version.Parse(version));

        Assert.DoesNotContain(command.Arguments, argument => argument.Contains("it", StringComparison.Ordinal) && argument.Contains('@', StringComparison.Ordinal));
        Assert.Equal($"ffconcat version 1.0\nfile '{script}", command.Script);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("udp")]
    public void An_older_ffmpeg_is_given_the_transport_of_a_camera_without_a_password(string transport)
    {
        var options = new CameraOptions { RtspTransport = Enum.Parse<RtspTransport>(transport, ignoreCase: true), ConnectTimeout = TimeSpan.FromSeconds(3) };

        var command = FfmpegCommand.For(CameraUrl.Parse("rtsp://10.0.0.7/x"), options, new Version(4, 3));

        Assert.Null(command.Script);
        Assert.Contains($"-rtsp_transport {transport} -stimeout 3000000 -i rtsp://10.0.0.7/x ", string.Join(' ', command.Arguments), StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_ffmpeg_is_told_in_its_own_words_to_keep_every_frame()
    {
        var url = CameraUrl.Parse("/clips/a.mp4");

        Assert.Contains("-vsync", FfmpegCommand.For(url, new CameraOptions(), new Version(4, 4)).Arguments);
        Assert.Contains("-fps_mode", FfmpegCommand.For(url, new CameraOptions(), new Version(7, 0)).Arguments);
    }

    [Fact]
    public void Only_what_is_needed_is_decoded_and_sent()
    {
        var url = CameraUrl.Parse("/clips/a.mp4");

        Assert.Contains("-skip_frame nokey -nostdin", Line(new FrameDemand(KeyFramesOnly: true, 0), HardwareDecode.None), StringComparison.Ordinal);
        Assert.Contains("-vf select='not(eq(floor(t*5),floor(prev_selected_t*5)))',scale=", Line(new FrameDemand(KeyFramesOnly: false, 5), HardwareDecode.None), StringComparison.Ordinal);
        Assert.Contains("-vf scale=", Line(FrameDemand.All, HardwareDecode.None), StringComparison.Ordinal);
        Assert.Contains("-hwaccel vaapi -nostdin", Line(FrameDemand.All, HardwareDecode.Vaapi), StringComparison.Ordinal);
        Assert.Contains("-c:v h264_v4l2m2m -skip_frame nokey -nostdin", Line(new FrameDemand(KeyFramesOnly: true, 0), HardwareDecode.V4l2m2m), StringComparison.Ordinal);

        string Line(FrameDemand demand, HardwareDecode hardware) =>
            string.Join(' ', FfmpegCommand.For(url, new CameraOptions(), new Version(7, 0), demand, hardware).Arguments);
    }

    [Theory]
    [InlineData("ffmpeg version 4.3.9-0+deb11u1 Copyright (c) 2000-2025 the FFmpeg developers", "4.3")]
    [InlineData("ffmpeg version 5.1.9-0+deb12u1 Copyright", "5.1")]
    [InlineData("ffmpeg version n7.1-2-g1a2b3c", "7.1")]
    [InlineData("ffmpeg version N-47683-g0e8eb07980-static https://johnvansickle.com/ffmpeg/\nlibavutil      56. 24.101 / 56. 24.101\nlibavformat    58. 24.100 / 58. 24.100", "4.1")]
    [InlineData("ffmpeg version 2021-04-09-git-106d7b07\nlibavformat    58. 76.100 / 58. 76.100", "4.4")]
    [InlineData("ffmpeg version 2022-03-01-git\nlibavformat    59. 18.100 / 59. 18.100", "5.0")]
    [InlineData("ffmpeg version 2022-08-01-git\nlibavformat    59. 27.100 / 59. 27.100", "5.1")]
    [InlineData("ffmpeg version git-2024\nlibavformat    61.  1.100 / 61.  1.100", "7.0")]
    [InlineData("ffmpeg version of my own", "99.0")]
    public void The_version_is_read_of_releases_and_of_builds_from_Git(string output, string version) =>
        Assert.Equal(Version.Parse(version), FfmpegProbe.VersionOf(output));

    [Theory]
    [InlineData(0, "None", "the camera ended the stream")]
    [InlineData(1, "None", "the stream ended; ffmpeg says: method DESCRIBE failed: 401 Unauthorized")]
    [InlineData(1, "Credentials", "the camera refuses the user or the password")]
    [InlineData(1, "OtherDigest",
        "the camera takes passwords by SHA-256 digest alone, which this ffmpeg does not know: allow digest with MD5 in the camera's settings")]
    public void The_first_thing_that_ffmpeg_says_is_the_reason(int exitCode, string challenge, string reason) => Assert.Equal(reason, Why(
        exitCode,
        Enum.Parse<RtspChallenge>(challenge),
        "[h264 @ 0x5574256db401] non-existing PPS 0 referenced",
        "[rtsp @ 0x5574256db400] method DESCRIBE failed: 401 Unauthorized",
        "[concat @ 0x5574256db400] Impossible to open 'rtsp://admin:s3cret@10.0.0.7/x'",
        "    Last message repeated 3 times",
        "pipe:0: Server returned 401 Unauthorized (authorization failed)"));

    [Theory]
    [InlineData("the stream ended; ffmpeg says: rtsp://***@10.0.0.7/x: no route", "rtsp://admin:s3cret@10.0.0.7/x: no route", "pipe:0: Input/output error")]
    [InlineData("the stream ended; ffmpeg says: non-existing PPS 0 referenced", "[h264 @ 0x1] non-existing PPS 0 referenced", "[h264 @ 0x1] no frame!")]
    [InlineData("the camera does not send its frames inside the RTSP connection (TCP): set RtspTransport to udp for this camera",
        "[rtsp @ 0x1] method SETUP failed: 461 Unsupported transport", "pipe:0: Protocol not supported")]
    [InlineData("the camera's stream has no video, perhaps sound alone: give the address of its video",
        "Stream map '0:v:0' matches no streams.", "To ignore this, add a trailing '?' to the map.")]
    public void What_ffmpeg_says_is_told_without_credentials_and_with_what_to_do(string reason, params string[] lines) =>
        Assert.Equal(reason, Why(1, RtspChallenge.None, lines));

    private static string Why(int exitCode, RtspChallenge challenge, params string[] lines)
    {
        var errors = new FfmpegErrors(CameraUrl.Parse("rtsp://admin:s3cret@10.0.0.7/x"), RtspTransport.Tcp);
        errors.Add("[tcp @ 0x1] of before the last frame");
        errors.Forget();
        foreach (var line in lines)
        {
            errors.Add(line);
        }

        return errors.Why(exitCode, challenge);
    }
}
