using System.Text;
using FaceEdge.Capture;
using FaceEdge.Capture.Ffmpeg;
using FaceEdge.Capture.Http;
using FaceEdge.Imaging.Portable;
using FaceEdge.Tests.Imaging;

namespace FaceEdge.Tests.Capture;

/// <summary>Answers of real cameras that a strict HTTP client refuses and browsers show.</summary>
public sealed class OddHttpCameraTests : IDisposable
{
    private readonly CollectingSink _sink = new();

    private static CancellationToken Over => TestContext.Current.CancellationToken;

    [Theory(Timeout = 600_000)]
    [InlineData("multipart/x-mixed-replace;boundary=--x y--", "x y--")]
    [InlineData("multipart/x-mixed-replace;boundary=--x y--", "--x y--")]
    [InlineData("multipart/x-mixed-replace;boundary=BoundaryString;", "BoundaryString")]
    [InlineData("multipart/x-mixed-replace;boundary=foo:bar=1/2", "foo:bar=1/2")]
    [InlineData("multipart/x-mixed-replace; boundary=\"--a b\"", "a b")]
    [InlineData("multipart/x-mixed-replace", "nobody-announced-it")]
    [InlineData("multipart/x-mixed-replace;boundary=one", "another")]
    [InlineData("application/octet-stream", "b")]
    [InlineData("image/jpeg", "b")]
    [InlineData("", "b")]
    public async Task An_mjpeg_stream_is_read_whatever_its_content_type_says(string type, string boundary)
    {
        var part = Encoding.ASCII.GetBytes($"--{boundary}\r\nContent-Type: image/jpeg\r\nContent-Length: {Frame.Length}\r\n\r\n");
        await using var camera = RawCamera.Start(
            $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\n\r\n", [.. part, .. Frame, .. "\r\n"u8, .. part, .. Frame, .. "\r\n"u8]);

        await RunAsync(camera.Url);

        Assert.Equal(2, _sink.Count);
    }

    [Theory(Timeout = 600_000)]
    [InlineData("video/x-motion-jpeg")]
    [InlineData("application/octet-stream")]
    [InlineData("multipart/x-mixed-replace;boundary=never-sent")]
    public async Task Jpegs_one_after_the_other_are_a_stream(string type)
    {
        await using var camera = RawCamera.Start($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\n\r\n", [.. Frame, .. Frame, .. "dhav"u8, .. Frame[..^2], .. Frame]);

        await RunAsync(camera.Url);

        Assert.Equal(4, _sink.Count);
    }

    [Theory(Timeout = 600_000)]
    [InlineData("HTTP/1.1 200 OK\r\nServer: GoaHead\r\nTue, 12 Jun 2012 01:56:34 GMT\r\nContent-Type:image/jpeg\r\nContent-Length:{length}\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n")]
    [InlineData("\r\nHTTP/1.1 200\nContent-Length : {length}\nContent-Length: 7\nX: \u0001\n folded\n\n")]
    [InlineData("ICY 200 OK\r\nContent-Length: many\r\nno colon at all\r\n: no name\r\n\r\n")]
    [InlineData("HTTP/1.1 103 Early\r\nX: y\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 99999\r\n\r\n")]
    public async Task A_snapshot_is_taken_whatever_its_head_says(string head)
    {
        await using var camera = RawCamera.Start(head.Replace("{length}", $"{Frame.Length}", StringComparison.Ordinal), Frame);

        await SeeAsync(camera.Url, frames: 2);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_camera_that_keeps_its_connection_open_is_asked_over_it_again()
    {
        var connections = 0;
        await using var camera = RawCamera.Start(async (number, connection, token) =>
        {
            connections = number + 1;
            var request = new byte[4096];
            do
            {
                await connection.WriteAsync(
                    (byte[])[.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nbroken line\r\nContent-Length: {Frame.Length}\r\n\r\n"), .. Frame], token);
            }
            while (await connection.ReadAsync(request, token) > 0);
        });

        await SeeAsync(camera.Url, frames: 4);

        Assert.Equal(1, connections);
    }

    [Theory(Timeout = 600_000)]
    [InlineData("application/vnd.apple.mpegurl", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n", "127.0.0.1 answers a playlist (HLS or DASH), which is not followed: give the address of its MJPEG, snapshot or RTSP stream")]
    [InlineData("image/jpeg", "<html>login</html>          ", "127.0.0.1 answers image/jpeg where a snapshot or an MJPEG stream is expected: is /camera its address?")]
    [InlineData("text/plain", "busy", "127.0.0.1 answers text/plain where a snapshot or an MJPEG stream is expected: is /camera its address?")]
    [InlineData("image/jpeg", "", "127.0.0.1 answers nothing")]
    public async Task What_is_no_frame_is_told_as_what_it_is(string type, string body, string reason)
    {
        await using var camera = RawCamera.Start($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\n\r\n", Encoding.ASCII.GetBytes(body));

        Assert.Equal(reason, (await Assert.ThrowsAsync<CaptureException>(() => RunAsync(camera.Url))).Message);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_challenge_that_cannot_be_read_is_told_as_such()
    {
        await using var camera = RawCamera.Start(
            "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"y\", algorithm=MD5, algorithm=MD5\r\nContent-Length: 0\r\n\r\n", []);

        var exception = await Assert.ThrowsAsync<CaptureException>(() => RunAsync(camera.Url.Replace("//", "//admin:secret@", StringComparison.Ordinal)));

        Assert.Equal("127.0.0.1 asks for a password in a form that cannot be read", exception.Message);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_redirection_to_no_address_is_told_as_such()
    {
        await using var camera = RawCamera.Start("HTTP/1.1 302 Found\r\nLocation: ///1 .0.0.1/\r\nContent-Length: 0\r\n\r\n", []);

        Assert.Equal("127.0.0.1 sends on to an address that cannot be read", (await Assert.ThrowsAsync<CaptureException>(() => RunAsync(camera.Url))).Message);
    }

    [Theory(Timeout = 600_000)]
    [InlineData("RTSP/1.0 200 OK\r\n\r\n", "answers, but does not speak HTTP")]
    [InlineData("", "closed the connection before it answered")]
    public async Task A_server_of_another_kind_is_told_as_such(string answer, string reason)
    {
        await using var camera = RawCamera.Start(answer, []);

        Assert.EndsWith(reason, (await Assert.ThrowsAsync<CaptureException>(() => RunAsync(camera.Url))).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_head_without_an_end_is_given_up()
    {
        await using var camera = RawCamera.Start(async (_, connection, token) =>
        {
            var line = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{new string('x', 4000)}: y\r\n");
            while (true)
            {
                await connection.WriteAsync(line, token);
            }
        });

        Assert.Contains("headers of more than 65,536 bytes", (await Assert.ThrowsAsync<CaptureException>(() => RunAsync(camera.Url))).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_snapshot_that_fails_among_others_is_bridged()
    {
        await using var camera = RawCamera.Start(async (number, connection, token) =>
        {
            var answer = number % 4 == 3
                ? "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbusy"u8.ToArray()
                : [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Frame.Length}\r\nConnection: close\r\n\r\n"), .. Frame];
            await connection.WriteAsync(answer, token);
        });

        await SeeAsync(camera.Url, frames: 12, TimeSpan.FromMinutes(10));
    }

    [Fact(Timeout = 600_000)]
    public async Task A_camera_that_gives_no_more_snapshots_is_lost_for_its_own_reason()
    {
        await using var camera = RawCamera.Start(async (number, connection, token) =>
        {
            var answer = number > 1
                ? "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbusy"u8.ToArray()
                : [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Frame.Length}\r\nConnection: close\r\n\r\n"), .. Frame];
            await connection.WriteAsync(answer, token);
        });

        var exception = await Assert.ThrowsAsync<CaptureException>(() => RunAsync(camera.Url));

        Assert.Equal(("127.0.0.1 answered 503 Service Unavailable", 2L), (exception.Message, _sink.Count));
    }

    [Theory(Timeout = 600_000)]
    [InlineData("mp4", "-movflags", "+frag_keyframe+empty_moov")]
    [InlineData("mpegts", "-muxdelay", "0")]
    [InlineData("avi", "-write_channel_mask", "0")]
    public async Task A_video_stream_is_decoded(string format, string option, string value)
    {
        Assert.SkipWhen(FfmpegProbe.Run() is null, "needs ffmpeg");
        var clip = await ClipAsync("-c:v", "mpeg4", option, value, "-f", format, "pipe:1");
        await using var camera = RawCamera.Start($"HTTP/1.1 200 OK\r\nContent-Type: video/{format}\r\n\r\n", clip);

        var exception = await Assert.ThrowsAsync<CaptureException>(() => RunAsync(camera.Url));

        Assert.Equal(("the camera ended the stream", 10L), (exception.Message, _sink.Count));
    }

    [Fact(Timeout = 600_000)]
    public async Task A_video_with_its_index_at_its_end_is_told()
    {
        Assert.SkipWhen(FfmpegProbe.Run() is null, "needs ffmpeg");
        using var folder = new Models.TemporaryFolder();
        await ClipAsync("-vf", "scale=1280:960", "-c:v", "mpeg4", "-q:v", "2", folder.File("clip.mp4"));
        await using var camera = RawCamera.Start("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n", await File.ReadAllBytesAsync(folder.File("clip.mp4"), Over));

        var exception = await Assert.ThrowsAsync<CaptureException>(() => RunAsync(camera.Url));

        Assert.Equal("the video's index (moov) is missing, or comes after its frames: make it an MP4 that begins with it (ffmpeg's -movflags +faststart)", exception.Message);
    }

    [Fact(Timeout = 600_000)]
    public async Task A_video_that_names_other_places_makes_ffmpeg_open_none()
    {
        Assert.SkipWhen(FfmpegProbe.Run() is null, "needs ffmpeg");
        byte[] playlist = [.. "\u0001\u0002"u8, .. "ffconcat version 1.0\nfile '/etc/hostname'\n"u8];
        await using var camera = RawCamera.Start("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n", playlist);

        var exception = await Assert.ThrowsAsync<CaptureException>(() => RunAsync(camera.Url));

        Assert.StartsWith("the stream ended; ffmpeg says: ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_proxy_of_the_host_counts_for_a_camera_only_where_it_is_asked_for(bool asked)
    {
        var options = new CameraOptions { Url = "http://127.0.0.1/", UseProxy = asked };

        using var handler = HttpCameraClient.Handler(new Uri(options.Url), options);

        Assert.Equal(asked, handler.UseProxy);
    }

    public void Dispose() => _sink.Dispose();

    private static byte[] Frame => Samples.StandardJpeg;

    /// <summary>What ffmpeg makes of a drawn second.</summary>
    private static async Task<byte[]> ClipAsync(params string[] output)
    {
        using var ffmpeg = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "ffmpeg", ["-hide_banner", "-loglevel", "error", "-nostdin", "-f", "lavfi", "-i", "testsrc2=size=64x48:rate=10", "-t", "1", .. output])
        { RedirectStandardOutput = true })!;
        using var clip = new MemoryStream();
        await ffmpeg.StandardOutput.BaseStream.CopyToAsync(clip, Over);
        await ffmpeg.WaitForExitAsync(Over);
        return clip.ToArray();
    }

    /// <param name="url">Of the camera.</param>
    /// <param name="silentAfter">Twice the time for which a failure among other snapshots is bridged; a second if not given.</param>
    private static CameraOptions Options(string url, TimeSpan? silentAfter = null) =>
        new() { Url = url, SnapshotInterval = TimeSpan.FromMilliseconds(10), SilentAfter = silentAfter ?? TimeSpan.FromSeconds(1) };

    private Task RunAsync(string url) => RunAsync(Options(url));

    private async Task RunAsync(CameraOptions options)
    {
        using var source = new HttpSource(CameraUrl.Parse(options.Url), options, PortableBackend.Create(), TimeProvider.System);
        await source.RunAsync(_sink, Over);
    }

    private async Task SeeAsync(string url, int frames, TimeSpan? silentAfter = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Over);
        using var source = new HttpSource(CameraUrl.Parse(url), Options(url, silentAfter), PortableBackend.Create(), TimeProvider.System);
        var running = source.RunAsync(_sink, stop.Token);
        while (_sink.Count < frames)
        {
            var next = _sink.NextAsync(_sink.Count);
            if (await Task.WhenAny(next, running) == running)
            {
                await running;
            }

            (await next).Dispose();
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
