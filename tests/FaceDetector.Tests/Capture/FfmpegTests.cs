using CsCheck;
using FaceEdge.Capture;
using FaceEdge.Capture.Ffmpeg;

namespace FaceEdge.Tests.Capture;

public sealed class FfmpegTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Colours_are_within_two_levels_of_the_exact_formula(bool fullRange)
    {
        var header = new Y4mHeader(16, 2, fullRange);
        Gen.Byte.Array[header.FrameBytes].Sample(planes =>
        {
            var bgr = new byte[16 * 2 * 3];
            Yuv420.ToBgr(planes, header, bgr);
            for (var i = 0; i < 32; i++)
            {
                // Chroma of 0, which no encoder writes, is taken as 1 to keep products in 16 bits.
                var chroma = i % 16 / 2;
                var exact = Exact(planes[i], Math.Max(planes[32 + chroma], (byte)1), Math.Max(planes[40 + chroma], (byte)1), fullRange);
                Assert.InRange(Math.Abs(bgr[i * 3] - exact.Blue), 0, 2);
                Assert.InRange(Math.Abs(bgr[(i * 3) + 1] - exact.Green), 0, 2);
                Assert.InRange(Math.Abs(bgr[(i * 3) + 2] - exact.Red), 0, 2);
            }
        });
    }

    [Fact]
    public void The_vector_pass_and_its_plain_twin_give_the_same_bytes() =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 5], Gen.Bool).SelectMany(size =>
            Gen.Select(Gen.Const(new Y4mHeader(size.Item1, size.Item2, size.Item3)), Gen.Byte.Array[new Y4mHeader(size.Item1, size.Item2, false).FrameBytes]))
        .Sample((header, planes) =>
        {
            var actual = new byte[header.Width * header.Height * 3];
            Yuv420.ToBgr(planes, header, actual);

            var expected = new byte[actual.Length];
            var matrix = header.FullRange ? Yuv420.Coefficients.Full : Yuv420.Coefficients.Limited;
            var cb = planes.AsSpan(header.Width * header.Height);
            var cr = cb[(header.ChromaWidth * header.ChromaHeight)..];
            for (var y = 0; y < header.Height; y++)
            {
                var row = y / 2 * header.ChromaWidth;
                Yuv420.RowScalar(
                    planes.AsSpan(y * header.Width, header.Width), cb.Slice(row, header.ChromaWidth), cr.Slice(row, header.ChromaWidth),
                    expected.AsSpan(y * header.Width * 3, header.Width * 3), matrix);
            }

            Assert.Equal(expected, actual);
        });

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
    public void Garbage_in_place_of_pictures_never_throws_out_of_the_contract() =>
        Gen.Select(Gen.OneOf(Gen.Const(""), Gen.Const("YUV4MPEG2 W4 H2\n"), Gen.Const("YUV4MPEG2 W4 H2\nFRAME\n"), Gen.Const("YUV4MPEG2 W4 H2\nFRAME x\n")), Gen.Byte.Array[0, 100])
        .Sample((start, garbage) =>
        {
            var reader = new Y4mReader(new MemoryStream([.. System.Text.Encoding.ASCII.GetBytes(start), .. garbage]), new PlaneBuffer());
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

    [Fact]
    public void The_password_is_in_the_script_and_not_among_the_arguments()
    {
        var command = FfmpegCommand.For(CameraUrl.Parse("rtsp://admin:it's@10.0.0.7/x"), TimeSpan.FromSeconds(10), new Version(5, 1));

        Assert.DoesNotContain(command.Arguments, argument => argument.Contains("it", StringComparison.Ordinal) && argument.Contains('@', StringComparison.Ordinal));
        Assert.Equal(
            "ffconcat version 1.0\nfile 'rtsp://admin:it%27s@10.0.0.7/x'\noption rtsp_transport tcp\noption timeout 10000000\n",
            command.Script);
    }

    [Fact]
    public void An_older_ffmpeg_is_told_in_its_own_words_to_keep_every_frame()
    {
        var url = CameraUrl.Parse("/clips/a.mp4");

        Assert.Contains("-vsync", FfmpegCommand.For(url, TimeSpan.FromSeconds(1), new Version(4, 4)).Arguments);
        Assert.Contains("-fps_mode", FfmpegCommand.For(url, TimeSpan.FromSeconds(1), new Version(7, 0)).Arguments);
    }

    [Theory]
    [InlineData(0, false, "the camera ended the stream")]
    [InlineData(1, false, "the stream ended; ffmpeg says: rtsp://***@10.0.0.7/x: Server returned 401 Unauthorized")]
    [InlineData(1, true, "the camera refuses the user or the password")]
    public void What_ffmpeg_says_last_is_the_reason_without_credentials(int exitCode, bool needsCredentials, string reason)
    {
        var complaints = new FfmpegComplaints(CameraUrl.Parse("rtsp://admin:s3cret@10.0.0.7/x"));
        complaints.Add("[rtsp @ 0x5574256db400] something earlier");
        complaints.Add("[rtsp @ 0x5574256db400] rtsp://admin:s3cret@10.0.0.7/x: Server returned 401 Unauthorized");
        complaints.Add("    Last message repeated 3 times");

        Assert.Equal(reason, complaints.Why(exitCode, needsCredentials));
    }

    private static (double Blue, double Green, double Red) Exact(byte y, byte cb, byte cr, bool fullRange)
    {
        var luma = fullRange ? y : (y - 16) * 255 / 219.0;
        var scale = fullRange ? 1 : 255 / 224.0;
        var (u, v) = ((cb - 128) * scale, (cr - 128) * scale);
        return (
            Math.Clamp(luma + (1.772 * u), 0, 255),
            Math.Clamp(luma - (0.344136 * u) - (0.714136 * v), 0, 255),
            Math.Clamp(luma + (1.402 * v), 0, 255));
    }
}
